import { buildKernels } from '../../scripts/build/kernels.mjs';

/** Kernel tests run on what the sources say now. */
export default async function setup(): Promise<void> {
  await buildKernels();
}
