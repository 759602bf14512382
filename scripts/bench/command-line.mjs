/** What the benchmark commands share of their command lines: progress, failures, numbers and file names. */

/** Progress goes to the error stream: the output stays for the result. @param {string} line */
export function say(line) {
  console.error(line);
}

/**
 * @param {string} message
 * @returns {never}
 */
export function fail(message) {
  say(message);
  process.exit(1);
}

/**
 * An option that is a whole number from 1 to `most`; ends the program where it is not.
 * @param {string} option
 * @param {string} text
 * @param {number} [most]
 */
export function count(option, text, most = Number.POSITIVE_INFINITY) {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  const range = Number.isFinite(most) ? `from 1 to ${most}` : 'from 1';
  return fail(`--${option} is ${text}; expected a whole number ${range}.`);
}

/** A part of a file name. @param {string} text */
export function slug(text) {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
