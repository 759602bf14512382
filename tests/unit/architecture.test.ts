import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOMS = ['engine', 'plugin', 'sample-game', 'cli', 'scripts', 'tests'];

interface Import {
  readonly from: string;
  /** Path from the root without its ending, or the name of a package. */
  readonly to: string;
  readonly typeOnly: boolean;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => /\.(?:ts|mjs)$/.test(file) && !/node_modules|generated|golden\/generator/.test(file));
}

function importsOf(file: string): Import[] {
  const pattern = /^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)';?$/gm;
  return [...readFileSync(file, 'utf8').matchAll(pattern)].map(([, type, target]) => ({
    from: file,
    to: target!.startsWith('.')
      ? normalize(join(dirname(file), target!)).replace(/\.(?:js|ts|mjs)$/, '')
      : target!,
    typeOnly: type !== undefined,
  }));
}

const files = ROOMS.flatMap(sources);
const imports = files.flatMap(importsOf);

/** Imports out of a folder (or file) that match a pattern, as readable lines. */
function found(from: RegExp, to: RegExp, { types = true } = {}): string[] {
  return imports
    .filter((edge) => from.test(edge.from) && to.test(edge.to) && (types || !edge.typeOnly))
    .map((edge) => `${edge.from} → ${edge.to}`);
}

describe('architecture', () => {
  it('reads the imports of all rooms', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(imports.length).toBeGreaterThan(300);
  });

  it('keeps the engine free of the plugin, Phaser and the DOM library', () => {
    expect(found(/^engine\//, /^(?:plugin|sample-game|cli|scripts|tests)\/|^phaser$/)).toEqual([]);
  });

  it('keeps Phaser, Comlink and the engine out of the dialogue at run time', () => {
    expect(found(/^plugin\/dialogue\//, /^phaser$|^comlink$|^plugin\/(?:phaser|ui)\//)).toEqual([]);
    expect(found(/^plugin\/(?:dialogue\/|engine-port)/, /^engine\//, { types: false })).toEqual([]);
  });

  it('keeps the remote server in its own entry point, and that free of all but types and the engine of the saves', () => {
    expect(found(/^plugin\/(?!remote\/)/, /^plugin\/remote\/|^eventsource-parser$/)).toEqual([]);
    const runTime = imports.filter(({ from, typeOnly }) => from.startsWith('plugin/remote/') && !typeOnly);
    expect(runTime.length).toBeGreaterThan(10);
    const own = /^plugin\/remote\/|^eventsource-parser$/;
    const others = runTime.filter(({ to }) => !own.test(to)).map(({ from, to }) => `${from} → ${to}`);
    expect(others).toEqual(['plugin/remote/create-remote-engine.ts → engine/index']);
  });

  it('lets only the Phaser layer and remote engines import the engine, through its index and its protocol', () => {
    const outside = imports
      .filter(({ from, to }) => from.startsWith('plugin/') && to.startsWith('engine/'))
      .filter(({ from }) => !/^plugin\/(?:phaser\/|remote\/|index\.ts|engine-port\.ts)/.test(from))
      .filter(
        ({ from, to, typeOnly }) =>
          !(typeOnly && from.startsWith('plugin/inspector/') && to === 'engine/index'),
      );
    expect(outside).toEqual([]);
    expect(found(/^plugin\/(?:phaser|remote)\//, /^engine\/(?!(?:index|protocol)$)/)).toEqual([]);
  });

  it('lets only the worker and its two clients import Comlink at run time', () => {
    const users = found(/./, /^comlink$/, { types: false }).map((line) => line.split(' ')[0]);
    expect(users.sort()).toEqual(['engine/client.ts', 'engine/model-library.ts', 'engine/worker.ts']);
  });

  it('keeps Ink in its own entry point, and that free of the library behind the other one', () => {
    const users = imports.filter(
      ({ from, to }) => /^plugin\//.test(from) && /^inkjs|^plugin\/ink\//.test(to),
    );
    expect(users.filter(({ from }) => !from.startsWith('plugin/ink/'))).toEqual([]);
    expect(users.length).toBeGreaterThan(0);
    const small = /^plugin\/(?:ink\/|dialogue\/(?:dialogue-error|emotions|state-rules)$)|^inkjs$/;
    const runTime = imports.filter(({ from, typeOnly }) => from.startsWith('plugin/ink/') && !typeOnly);
    expect(runTime.filter(({ to }) => !small.test(to))).toEqual([]);
  });

  it('keeps the inspector in its own entry point, and that free of the library behind the other one', () => {
    expect(
      imports.filter(
        ({ from, to }) => !/^(?:plugin\/inspector|tests)\//.test(from) && to.startsWith('plugin/inspector/'),
      ),
    ).toEqual([]);
    const small = /^plugin\/(?:inspector\/|phaser\/plugin-key$|ui\/motion$)|^phaser$/;
    const runTime = imports.filter(({ from, typeOnly }) => from.startsWith('plugin/inspector/') && !typeOnly);
    expect(runTime.length).toBeGreaterThan(0);
    expect(runTime.filter(({ to }) => !small.test(to))).toEqual([]);
  });

  it('keeps models apart from text, and text and samplers apart from models', () => {
    expect(
      found(/^engine\/model\//, /^engine\/(?:tokenizer|sampler|store|session|scheduler|host|client|worker)/),
    ).toEqual([]);
    expect(
      found(/^engine\/(?:tokenizer|sampler)\//, /^engine\/(?:model\/|store|session|scheduler|host)/),
    ).toEqual([]);
    expect(found(/^engine\/sampler\//, /^engine\/tokenizer\//)).toEqual([]);
    expect(found(/^engine\/tokenizer\//, /^engine\/sampler\//)).toEqual([]);
  });

  it('keeps the model manager free of the engine that runs its models', () => {
    const own = /^engine\/(?:model-store|model-file|store)\/|^engine\/protocol$|^(?!engine\/)/;
    const edges = imports.filter(({ from }) => from.startsWith('engine/model-store/'));
    expect(edges.filter(({ to }) => !own.test(to))).toEqual([]);
    expect(edges.length).toBeGreaterThan(0);
  });

  it('lets the sample game import the package by its name only', () => {
    expect(found(/^sample-game\//, /^(?:engine|plugin|cli|scripts|tests)\//)).toEqual([]);
  });

  it('keeps the sample game’s saves, settings, view and words free of Phaser', () => {
    const pure =
      /^sample-game\/(?:view\.|saves\/save-|settings\/settings\.|story\/(?:quest|credits|ending|feeling-words))/;
    expect(files.filter((file) => pure.test(file)).length).toBeGreaterThan(7);
    expect(found(pure, /^phaser$|^sample-game\/(?:scenes|hud|menu)\//)).toEqual([]);
  });

  it('lets nothing that ships import tests, scripts or the command line', () => {
    expect(found(/^(?:engine|plugin|sample-game)\//, /^(?:tests|scripts|cli)\//)).toEqual([]);
  });

  it('has no import cycles at run time', () => {
    const edges = new Map<string, string[]>();
    for (const { from, to, typeOnly } of imports) {
      if (typeOnly || !ROOMS.some((room) => to.startsWith(`${room}/`))) continue;
      const key = from.replace(/\.(?:ts|mjs)$/, '');
      edges.set(key, [...(edges.get(key) ?? []), to]);
    }
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (node: string, path: readonly string[]): void => {
      if (path.includes(node)) {
        cycles.push([...path.slice(path.indexOf(node)), node].join(' → '));
        return;
      }
      if (done.has(node)) return;
      for (const next of edges.get(node) ?? []) visit(next, [...path, node]);
      done.add(node);
    };
    for (const node of edges.keys()) visit(node, []);
    expect(cycles).toEqual([]);
  });
});
