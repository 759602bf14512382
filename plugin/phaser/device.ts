import { canShareMemory } from '../../engine/index.js';
import type { DeviceProfile } from './propose-model.js';

const GIB = 1024 ** 3;

/** A touch screen of a phone's size: less memory and slower cores than the numbers tell. */
export function isPhone(): boolean {
  return matchMedia('(pointer: coarse) and (max-width: 900px)').matches;
}

/** Room of the origin on the device. */
export interface StorageSpace {
  /** Of all that this origin keeps; undefined where the browser does not say. */
  readonly usedBytes: number | undefined;
  readonly freeBytes: number | undefined;
  /** False: the browser may clear it when the disk gets full. */
  readonly persisted: boolean;
}

/** Never rejects: what is not known is undefined. */
export async function storageSpace(): Promise<StorageSpace> {
  const { storage } = navigator;
  const estimate = await storage?.estimate?.().catch(() => undefined);
  const persisted = await storage?.persisted?.().catch(() => false);
  const { usage, quota } = estimate ?? {};
  return {
    usedBytes: usage,
    freeBytes: usage === undefined || quota === undefined ? undefined : Math.max(quota - usage, 0),
    persisted: persisted ?? false,
  };
}

/** What this browser tells of its device. */
export async function deviceProfile(): Promise<DeviceProfile> {
  const { deviceMemory } = navigator as Navigator & { readonly deviceMemory?: number };
  return {
    memoryBytes: deviceMemory === undefined ? undefined : deviceMemory * GIB,
    cores: navigator.hardwareConcurrency || 1,
    isolated: canShareMemory(),
    phone: isPhone(),
    freeStorageBytes: (await storageSpace()).freeBytes,
  };
}
