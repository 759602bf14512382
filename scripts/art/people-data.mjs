// The people of Saltmere as letters: heads and bodies seen from the front, the side (facing right) and behind.
// A head hangs from its last row (the chin), a body from its first row (the collar).
import { RAMPS } from './palette.mjs';

const { wood, red, cream, gold, ink, water, slate, stone, grass, skin } = RAMPS;
const FACE = { S: skin[3], s: skin[2], t: skin[1], e: ink[0], p: red[4], r: red[2], f: skin[1] };

export const PEOPLE = {
  player: {
    legend: { ...FACE, h: wood[3], H: wood[2], d: wood[1], C: water[2], c: water[3], k: water[1], R: red[3], q: red[2], b: wood[2], g: gold[2] },
    arm: { sleeve: water[2], hand: skin[3], rolled: 7 },
    legs: { cloth: ink[3], boot: wood[2] },
    head: {
      down: ['.....hhhH.....', '...hhhhHHHd...', '..hhhHHHHHHd..', '.hhHHHHHHHHHd.', '.hHHHHSHHHHHd.', '.hHHSHSSHSHHd.', '.dHSSSSSSSSHd.', '.tdSeSSSSeSdt.', '.tsSeSSSSeSst.', '..sSSSSSSSSt..', '...sSSttSSt...', '....tsSSst....'],
      side: ['.....hhhHh....', '...hhHHHHHH...', '..hHHHHHHHHd..', '.hHHHHHHHHHHd.', '.hHHHHHHHHSH..', '.HHHHHHHSHSS..', '.HHHHdHSSSSS..', '.dHHtsSSSeSS..', '.dHHtsSSSeSSs.', '..dHdSSSSSSS..', '...ddsSSSSt...', '.....tsSSs....'],
      up: ['.....hhhH.....', '...hhhhHHHd...', '..hhHHHHHHHd..', '.hhHHHHHHHHHd.', '.hHHHHHHHHHHd.', '.hHHhHHHHHHHd.', '.HHHHHHHdHHHd.', '.tHHHHHHHHHdt.', '.tHHHHHHHHHdt.', '..HHdHHdHHHd..', '...dHHdHHdd...', '....dddddd....'],
    },
    body: {
      down: ['...qRRRRq...', '..CqRRRRqC..', '..cCqRRqCk..', '..cCCqRgCk..', '..cCCqqCCk..', '..bbbbgbbb..', '..cCCkCgCk..', '..cCCkCCCk..', '..cCCkCCkk..', '..CCk..kCk..'],
      side: ['...qRRRRq...', '..RqRRRRq...', '..RqcCCCk...', '..RqcCCCk...', '...cCCCCk...', '...bbbbgb...', '...cCCCkC...', '...cCCCkC...', '...cCCkkC...', '....Ck.CC...'],
      up: ['...qRRRRq...', '..CqRRRqqC..', '..cCCRRCCk..', '..cCCRqCCk..', '..cCCRqCCk..', '..bbbqqbbb..', '..cCCCkCCk..', '..cCCCkCCk..', '..cCCkkCCk..', '..CCk..kCk..'],
    },
  },
  mira: {
    legend: { ...FACE, l: red[4], K: red[3], k: red[2], w: cream[4], H: wood[1], d: wood[0], D: slate[2], x: slate[1], A: cream[4], a: cream[2] },
    arm: { sleeve: slate[2], hand: skin[3], rolled: 3, wide: true },
    legs: { boot: wood[1] },
    head: {
      down: ['.....llKK.....', '...lllKKKKk...', '..llKKKKKKKk..', '.lKKKKKKKKKKk.', '.lKKwKKwKKwKk.', '.kHHHHHHHHHHk.', '.kHSSSSSSSSHk.', '.tHSeSSSSeSHt.', '.tSSeSSSSeSSt.', '..pSSSSSSSSp..', '...SSSrrSSs...', '....tsSSst....'],
      side: ['.....llKKK....', '...llKKKKKKk..', '..lKKKKKKKKKk.', '.lKKKKKKKKKKk.', '.lKKwKKKwKKwk.', '.KKKKKHHHHHH..', '.kKKkHHSSSSS..', 'kkkkHHsSSeSS..', '.kdkHtsSSeSSs.', 'k...dSSSpSSS..', '....dsSSSSr...', '.....tsSSs....'],
      up: ['.....llKK.....', '...lllKKKKk...', '..llKKKKKKKk..', '.lKKKKKKKKKKk.', '.lKwKKKwKKKwk.', '.lKKKKKKKKKKk.', '.kKKKwKKKwKKk.', '.tkKKKKKKKKkt.', '.tHkKKKKKKkHt.', '..HHkkKKkkHd..', '...HHklKkHd...', '....dkkkkd....'],
    },
    body: {
      down: ['...sSSSSs...', '..DDSSSSDx..', '.DDDAssADDx.', '.DDAAAAAADx.', '.DDAAAAAADx.', '.xaaaaaaaax.', '.DAAAAAAAax.', '.DAAAAAAAax.', 'DDAAAaAAAaxx', 'DDAAAaAAAaxx', 'DDDAAaAAaxxx', '.xxxxxxxxx..'],
      side: ['...sSSSSs...', '...DDDSSA...', '..DDDDDAAA..', '..DDDDDAAA..', '..DDDDDAAAa.', '..aaaaaaaaa.', '..DDDDDAAAa.', '..DDDDDAAAa.', '.DDDDDDAAAa.', '.DDDDDDAAAa.', '.DDDDDDAAax.', '..xxxxxxxxx.'],
      up: ['...ssSSss...', '..DDDDDDDx..', '.DDaDDDDaDx.', '.DDDaDDaDDx.', '.DDDDaaDDDx.', '.aaaaAAaaax.', '.DDDaAaDDDx.', '.DDDDaDDDDx.', 'DDDDDxDDDDxx', 'DDDDDxDDDDxx', 'DDDDDxDDDxxx', '.xxxxxxxxx..'],
    },
  },
  orrin: {
    legend: { ...FACE, z: gold[3], Y: gold[2], y: gold[1], o: gold[0], B: cream[4], b: cream[2], k: wood[1] },
    arm: { sleeve: gold[2], hand: skin[3], rolled: 6, wide: true },
    legs: { cloth: slate[1], boot: ink[2] },
    head: {
      down: ['.....zzYY.....', '....zYYYYy....', '...zYYYYYYy...', '..zYYYYYYYYy..', '.zYYYYYYYYYYo.', 'zYyyyyyyyyyyyo', '.ooooooooooo..', '.BSBBSSSSBBSB.', '.BSSeSSSSeSSB.', '.BBSeSttSeSBB.', '..BBBsSSsBBB..', '..BBBBttBBBb..'],
      side: ['.....zzYY.....', '....zYYYYy....', '...zYYYYYYy...', '..zYYYYYYYYy..', '.zYYYYYYYYYYo.', 'zYyyyyyyyyyyyo', 'zoooooooooooo.', 'yooBBSSSBBB...', 'o.oBBsSSeSS...', '..oBBsSSeSSs..', '...BBBBSSSB...', '...BBBBBBBBb..'],
      up: ['.....zzYY.....', '....zYYYYy....', '...zYYYYYYy...', '..zYYYYYYYYy..', '.zYYYYYYYYYYo.', 'zYYYYYYYYYYYyo', 'zyyyyyyyyyyyyo', '.yYYYYYYYYYYo.', '.oyYYYYYYYYyo.', '..oyyyyyyyyo..', '..BooooooooB..', '...BBBBBBBb...'],
    },
    body: {
      down: ['..YBBBBBBy..', '..YBBBBBBy..', '.zYYBBBByyo.', '.zYYybbYyyo.', '.zYYyYkYyyo.', '.zYYyYYYyyo.', '.zYYyYkYyyo.', '.zYYyYYYyyo.', '.zYYyYkYyyo.', '.zYYyYYYyyo.', '..oooooooo..'],
      side: ['...YBBBBBb..', '..YYYBBBBb..', '..zYYYBBBb..', '..zYYYYBBo..', '..zYYYYYko..', '..zYYYYYyo..', '..zYYYYYko..', '..zYYYYYyo..', '..zYYYYYko..', '..zYYYYYyo..', '...ooooooo..'],
      up: ['..YYYYYYYy..', '..YYYYYYYy..', '.zYYYYYYyyo.', '.zYYYYYYyyo.', '.zYYYYYYyyo.', '.yyyyyyyyyo.', '.zYYYYyYyyo.', '.zYYYYyYyyo.', '.zYYYYyYyyo.', '.zYYYYyyyoo.', '..oooooooo..'],
    },
  },
  bess: {
    legend: { ...FACE, h: gold[1], H: gold[0], d: red[1], A: cream[4], a: cream[2], T: cream[3], u: red[3], G: grass[2], g: grass[1], y: grass[0] },
    arm: { sleeve: grass[2], hand: skin[3], rolled: 5, wide: true },
    legs: { boot: wood[1] },
    head: {
      down: ['.....hhH......', '....hhHHd.....', '....dHHHd.....', '...hhhHHHHd...', '..hhhHHHHHHd..', '.hhHHHhHHHHHd.', '.hHHSSSSSHHHd.', '.HHSSSSSSSSHd.', '.tHSeSSSSeSHt.', '.tSSeSSSSeSSt.', '.sSpSSSSSSpSs.', '..SSSSrrSSSs..', '...sSSSSSSs...'],
      side: ['..hhH.........', '.hhHHd.hhH....', '.dHHdhhHHHHd..', '..dhhHHHHHHHd.', '..hHHHHHHHHHd.', '.hHHHHHHHHHHd.', '.hHHHHHHSSSS..', '.HHHHHsSSSSS..', '.dHHHtSSSeSS..', '.dHHdtSSSeSSs.', '..ddsSSSpSSS..', '...dsSSSSSrS..', '....sSSSSSs...'],
      up: ['.....hhH......', '....hhHHd.....', '....dHHHd.....', '...hhdddHHd...', '..hhhHHHHHHd..', '.hhHHHHHHHHHd.', '.hHHHHHHHHHHd.', '.hHHHHHHHHHHd.', '.tHHHHHHHHHdt.', '.tHHHHHHHHHdt.', '..HHHdHHdHHd..', '...dHHHHHHd...', '....ssSSss....'],
    },
    body: {
      down: ['...aAAAAa...', '..TTGAAGGg..', '.GTTGGGGGgg.', '.GuuGGGGGgg.', '.GTTGGGGGgg.', '.GTaAAAAAgg.', 'GGAAAAAAAAgg', 'GGAAAAAAAagg', 'GGAAAAAAAagg', 'GGAAAAAAAagg', 'GGGAAAAAaggg', '.yyyyyyyyyy.'],
      side: ['...aAAAa....', '..GGTTGGA...', '.GGGTTGGGA..', '.GGGuuGGGA..', '.GGGTTGGGGA.', '.aaaTTaaAAA.', 'GGGGGGGGAAAa', 'GGGGGGGGAAAa', 'GGGGGGGGAAAa', 'GGGGGGGGAAAa', 'GGGGGGGGAAag', '.yyyyyyyyyy.'],
      up: ['...aAAAAa...', '..GGGGGTTg..', '.GGGGGGTTgg.', '.GGGGGGuugg.', '.GGGGGGTTgg.', '.aaaaAAaaaa.', 'GGGGAaAGGGgg', 'GGGGaGaGGGgg', 'GGGGGgGGGGgg', 'GGGGGgGGGGgg', 'GGGGGgGGGggg', '.yyyyyyyyyy.'],
    },
  },
  pip: {
    short: 3,
    legend: { ...FACE, l: wood[4], C: wood[3], k: wood[2], H: gold[0], d: red[1], n: red[2], N: red[3], R: red[3], q: red[2], W: cream[3], w: cream[1], P: slate[2], x: slate[1] },
    arm: { sleeve: red[3], hand: skin[3], rolled: 4, reach: 6 },
    legs: { cloth: skin[3], boot: wood[1] },
    head: {
      down: ['....lllCC.....', '..lllCCCCCCk..', '.llCCCCCCCCCk.', '.lCCCCCCCCCCk.', 'lCCCCCkkCCCCCk', 'kCCCkkkkkkCCkk', '.kklllllllkkk.', '.HHkkkkkkkkHH.', '.HHSSSSSSSSHH.', '.tSSeSSSSeSSt.', '.sSSeSSSSeSSs.', '..SfSSSSSSfS..', '...sSSrrSSs...'],
      side: ['....lllCC.....', '..lllCCCCCk...', '.llCCCCCCCCk..', '.lCCCCCCCCCCk.', '.CCCCCCCCCCCk.', '.kCCCCCCCCCkk.', '..kkkklllllll.', '..HHHHkkkkkkkk', '..HHHHSSSSSS..', '..dHHtSSSeSS..', '...HHtSSSeSSs.', '...dsSSfSSSS..', '....sSSSSSr...'],
      up: ['....lllCC.....', '..lllCCCCCCk..', '.llCCCCCCCCCk.', '.lCCCCCCCCCCk.', 'lCCCCCCCCCCCCk', 'kCCCCCCCCCCCkk', '.kCCCCCCCCCkk.', '.HkkCCCCCkkkH.', '.HHHkkkkkHHHH.', '.tHHHHHHHHHHt.', '.tHHHHHHHHHHt.', '..dHHHHHHHHd..', '...dHHddHHd...'],
    },
    body: {
      down: ['...nNNNNn...', '..RRRRRRRq..', '..WWWWWWWw..', '..RRRRRRRq..', '..WWWWWWWw..', '..PPPPPPPx..', '..PPPxxPPx..'],
      side: ['...nNNNn....', '...RRRRRq...', '...WWWWWw...', '...RRRRRq...', '...WWWWWw...', '...PPPPPx...', '...PPPPPx...'],
      up: ['...nNNNNn...', '..RRRRRRRq..', '..WWWWWWWw..', '..RRRRRRRq..', '..WWWWWWWw..', '..PPPPPPPx..', '..PPPxxPPx..'],
    },
  },
  sailor: {
    legend: { ...FACE, c: water[4], C: water[3], k: water[2], x: ink[1], g: gold[2], B: cream[1], b: ink[5], W: cream[4], L: water[2], M: slate[2], N: slate[1], n: ink[2] },
    arm: { sleeve: slate[1], hand: skin[2], rolled: 7, wide: true },
    legs: { cloth: stone[1], boot: ink[2] },
    head: {
      down: ['....cccCCC....', '..ccCCCCCCCk..', '.cCCCCggCCCCk.', '.kCCCCggCCCkk.', '.kkkkkkkkkkkk.', '..xxxxxxxxxx..', '.BSxxxxxxxxSB.', '.BSBBSSSSBBSB.', '.tSSeSSSSeSSt.', '.BSSeSttSeSSB.', '.BBSBBBBBBSBb.', '..BBBBtsBBBb..', '...bBBBBBBb...'],
      side: ['....cccCCC....', '..ccCCCCCCCk..', '.cCCCCCCCCgCk.', '.kCCCCCCCCgkk.', '.kkkkkkkkkkkk.', '..BBSSSSxxxxxx', '..BBsSSSSBBS..', '..BBtSSSSeSS..', '..BBtSSSSeSSs.', '..bBBBSSSSSS..', '..bBBBBBBBB...', '...bBBBBBtB...', '....bBBBBb....'],
      up: ['....cccCCC....', '..ccCCCCCCCk..', '.cCCCCCCCCCCk.', '.kCCCCCCCCCkk.', '.kkkkkkkkkkkk.', '..kkkkkkkkkk..', '.BBBBBBBBBBBB.', '.BBBBBBBBBBBB.', '.tBBBBBBBBBBt.', '.tBBBBBBBBBbt.', '..bBBBBBBBBb..', '...bBBBBBBb...', '....ssSSss....'],
    },
    body: {
      down: ['..NWWWWWWn..', '..MWLLLLWn..', '.MMNWWWWNnn.', '.MNNLLLLNnn.', '.MNNgWWgNnn.', '.MNNNNNNNnn.', '.MNNgNNgNnn.', '.MNNNNNNNnn.', '.MNNNNnNNnn.', '..NNNnnNNn..'],
      side: ['...NWWWW....', '..MMNLLLW...', '..MNNNWWW...', '..MNNNNLL...', '..MNNNNgW...', '..MNNNNNn...', '..MNNNNgn...', '..MNNNNNn...', '..MNNNNNn...', '...NNNNn....'],
      up: ['..NNNNNNNn..', '..MNNNNNNn..', '.MMNNNNNNnn.', '.MNNNNNNNnn.', '.MNNNNNNNnn.', '.MnnnnnnNnn.', '.MNNNnNNNnn.', '.MNNNnNNNnn.', '.MNNNnNNNnn.', '..NNNnNNNn..'],
    },
  },
};
