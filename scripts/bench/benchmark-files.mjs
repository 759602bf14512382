/** Everything that `npm run bench:plot` writes, as text by path. */
import { drawFrames } from './frame-plots.mjs';
import { framesTables } from './frame-tables.mjs';
import { benchTables, cacheTables, peersTables } from './result-tables.mjs';
import { readNewest } from './results.mjs';
import { drawBrowsers, drawPeers } from './speed-plots.mjs';

export const PAGE = 'benchmarks.md';
const BEGIN = '<!-- generated: begin -->';
const END = '<!-- generated: end -->';
const PEERS_PLOT = 'images/speed-peers.svg';
const BROWSERS_PLOT = 'images/speed-browsers.svg';
const FRAMES_PLOT = 'images/frames.svg';

/**
 * @param {string} results folder
 * @param {string} page the page so far, with the marks of its generated part
 * @param {string} fromPage path from the page's folder to `results`
 * @returns {Record<string, string | undefined>} by path in the page's folder; undefined where no result asks for the file
 * @throws when the page lacks the marks
 */
export function benchmarkFiles(results, page, fromPage) {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin === -1 || end < begin) throw new Error(`${PAGE} lacks the lines ${BEGIN} and ${END}.`);
  const { bench, peers, frames } = readNewest(results);
  const peersPlot = drawPeers(peers);
  const browsersPlot = drawBrowsers(bench);
  const framesPlot = drawFrames(frames);
  const cache = cacheTables(bench);
  const link = (/** @type {string} */ file) => `[${file}](${fromPage}/${file})`;
  const none = 'No result is saved yet.';
  const paragraphs = [
    '### Beside other engines',
    ...(peersPlot ? [image('Tokens a second of Parley and other engines', PEERS_PLOT)] : [none]),
    ...peersTables(peers, link),
    '### By browser',
    ...(browsersPlot ? [image('Tokens a second of Parley by browser and build', BROWSERS_PLOT)] : []),
    ...(bench.length > 0 ? benchTables(bench, link) : [none]),
    '### What the cache saves',
    ...(cache.length > 0 ? cache : [none]),
    '### Frames',
    ...(framesPlot ? [image('Frame intervals while characters talk', FRAMES_PLOT)] : [none]),
    ...framesTables(frames, link),
  ];
  return {
    [PAGE]: `${page.slice(0, begin) + BEGIN}\n\n${paragraphs.join('\n\n')}\n\n${page.slice(end)}`,
    [PEERS_PLOT]: peersPlot,
    [BROWSERS_PLOT]: browsersPlot,
    [FRAMES_PLOT]: framesPlot,
  };
}

/**
 * @param {string} description
 * @param {string} path
 */
function image(description, path) {
  return `![${description}](${path})`;
}
