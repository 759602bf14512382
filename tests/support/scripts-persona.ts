/** One character whose lines are authored in many scripts, as overrides of `i18n`. */

interface Words {
  readonly name: string;
  readonly greeting: string;
  readonly choices: readonly [string, string];
}

const WORDS: Readonly<Record<string, Words>> = {
  ar: {
    name: 'ميرا',
    greeting: 'أهلاً بك في Saltmere! ثمن السمكة 150 قطعة (أو 3 لُؤلُؤات)، والبحر هادئٌ الليلة.',
    choices: ['كم ثمن السمكة يا Mira؟', 'أين أخوكِ "توماس"؟ قلتِ إنه يعود عند الساعة 10:30 من البحر الكبير.'],
  },
  he: {
    name: 'מירה',
    greeting: 'Mira אומרת שלום! הדג עולה 150 מטבעות (או 3 פנינים), והיָם שָׁקֵט הלילה.',
    choices: ['כמה עולה הדג?', 'Tomas חוזר ב-10:30?'],
  },
  ja: {
    name: 'ミラ',
    greeting:
      '「潮風が強いね。」と、ミラは言った。ウナギは一匹5枚だよ！ちょっと待って、コーヒーを飲もうか…「はい」か「いいえ」で答えてね。',
    choices: ['ウナギはいくらですか？', 'トーマスさんは「今夜」帰ってくるのですか、それとも明日ですか。'],
  },
  zh: {
    name: '米拉',
    greeting: '欢迎来到盐湖镇（Saltmere）！一条鳗鱼卖5个金币，“今晚”的海很平静。你想买一条吗？',
    choices: ['鳗鱼多少钱？', '你的哥哥汤姆在哪里？'],
  },
  ko: {
    name: '미라',
    greeting:
      '솔트미어에 오신 것을 환영합니다! 장어 한 마리에 금화 다섯 닢이에요. 오늘 밤 바다는 잔잔하네요.',
    choices: ['장어는 얼마예요?', '토마스는 어디에 있나요?'],
  },
  th: {
    name: 'มิรา',
    greeting: 'ยินดีต้อนรับสู่หมู่บ้านชาวประมง ปลาไหลตัวละห้าเหรียญ คืนนี้ทะเลสงบและที่นี่มีเรือจอดอยู่มากมาย',
    choices: ['ปลาไหลราคาเท่าไร', 'พี่ชายของคุณอยู่ที่ไหน'],
  },
  hi: {
    name: 'मीरा',
    greeting: 'सॉल्टमेयर में आपका स्वागत है! एक मछली के पाँच सिक्के लगेंगे। आज रात समुद्र शान्त है, क्या आप रुकेंगे?',
    choices: ['मछली कितने की है?', 'तुम्हारा भाई कहाँ है?'],
  },
  de: {
    name: 'Mira',
    greeting:
      'Die Donau\u00addampf\u00adschiff\u00adfahrts\u00adgesellschafts\u00adkapitäns\u00adwitwe grüßt! Fünf Münzen für den Aal – ganz fangfrisch.',
    choices: ['Was kostet die Rindfleischetikettierungsüberwachungsaufgabe?', 'Wo ist dein Bruder?'],
  },
  // Emoji sequences and accents that follow their letters.
  'en-GB': {
    name: 'Zoe\u0308',
    greeting:
      'Family 👩‍👩‍👧‍👦 and flags 🇯🇵🇩🇪🏴󠁧󠁢󠁳󠁣󠁴󠁿 wave 👋🏽 to the cafe\u0301 of A\u030Ange\u0301le E\u0302\u0301 Y\u0308.',
    choices: ['Whose 👩🏽‍🚀 is that?', 'Naïve re\u0301sume\u0301!'],
  },
};

const choices = (texts: readonly [string, string]) =>
  texts.map((text, index) => ({ id: `c${index}`, text, reply: text }));

const fieldsOf = ({ name, greeting, choices: texts }: Words) => ({
  identity: { name },
  dialogue: { greetings: [greeting], choices: choices(texts) },
});

export const SCRIPTS_PERSONA = {
  schema: '1',
  id: 'mira',
  identity: { name: 'Mira', role: 'a fisher of Saltmere' },
  core: { compact: 'Mira is friendly.' },
  dialogue: {
    greetings: ['Welcome to Saltmere! An eel is five coins.'],
    choices: choices(['How much is an eel?', 'Where is your brother?']),
  },
  i18n: Object.fromEntries(Object.entries(WORDS).map(([locale, words]) => [locale, fieldsOf(words)])),
};

/** The greeting of a locale, as its author wrote it. */
export const greetingOf = (locale: string): string => WORDS[locale]!.greeting;

export const LOCALES = Object.keys(WORDS);
