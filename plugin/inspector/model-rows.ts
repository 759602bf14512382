import type { ModelInfo } from '../../engine/index.js';
import { mebibytes } from './format.js';

/** What is known of a model: a server elsewhere tells little of its own, and what it does not tell is 0. */
export function modelRows(model: ModelInfo, host: string | undefined): [name: string, value: string][] {
  const rows: [string, string | undefined][] = [
    ['Name', model.name],
    // A hash is known by its head, an address is not.
    ['Id', host === undefined ? `${model.id.slice(0, 19)}…` : model.id],
    ['Answers from', host],
  ];
  if (host === undefined) {
    rows.push(
      ['Size', `${(model.parameterCount / 1e6).toFixed(0)} M parameters, ${mebibytes(model.weightBytes)}`],
      ['Kernels', `${model.build}, ${model.threads} ${model.threads === 1 ? 'thread' : 'threads'}`],
      ['Memory', mebibytes(model.memoryBytes)],
    );
  } else rows.push(['Server', model.architecture]);
  rows.push(['Window', `${model.nCtx} tokens`], ['Loaded in', `${(model.loadMs / 1000).toFixed(1)} s`]);
  return rows.filter((row): row is [string, string] => row[1] !== undefined);
}
