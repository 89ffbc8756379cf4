/** The servers of a system: the embedded PostgreSQL, the Temporal dev server and the worker process of one FUND_HOME. */
export { Refused, type Say } from './refused';
export { places, type Places } from './places';
export { onStop } from './signals';
export { status, type ServerStatus } from './status';
export { workersAtWork } from './pollers';
export { connectTemporal } from './temporal-access';
export { externalTemporal, temporalNamespace } from './temporal-address';
export { DESK_PORT, type DeskPlace, deskPlace } from './desk';
export { ensureDeskUp, ensureUp, ensureUpWithOwnWorker, isHealthy, prepareOthers, type System } from './system';
export { down, ensureDatabase, keepUp, release } from './use';
