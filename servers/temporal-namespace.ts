/** What the fund needs of a Temporal namespace, its own dev server's or a real one's: search attributes and a long memory. */
import type { Connection } from '@temporalio/client';
import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes';
import { SEARCH_ATTRIBUTES } from '../workflows/search-attributes';
import { workersAtWork } from './pollers';
import { reasonOf, Refused, type Say } from './refused';
import { connectTemporal } from './temporal-access';

/** A closed fund year stays visible in the UI for a hundred years; the dev server's default is one day. */
const RETENTION_SECONDS = 100 * 365 * 24 * 60 * 60;

async function connected<T>(address: string, ask: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await connectTemporal(address, 5000);
  try {
    return await connection.withDeadline(Date.now() + 10_000, () => ask(connection));
  } finally {
    await connection.close();
  }
}

/** True when the server answers and knows the namespace, so that workflows can be started. */
export async function hasNamespace(address: string, namespace: string): Promise<boolean> {
  try {
    await connected(address, ({ workflowService }) => workflowService.describeNamespace({ namespace }));
    return true;
  } catch {
    return false;
  }
}

/** The workers that take the fund's work; none when the server does not answer. */
export const workersOf = (address: string, namespace: string): Promise<string[]> =>
  connected(address, (connection) => workersAtWork(connection, namespace)).catch(() => []);

/** Adds the missing search attributes; a repeat changes nothing. The command line of the dev server adds them only to a new database. */
async function addSearchAttributes({ operatorService }: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  const missing = SEARCH_ATTRIBUTES.filter(({ name }) => !(name in customAttributes));
  if (missing.length === 0) return;
  const searchAttributes = Object.fromEntries(
    missing.map(({ name, type }) => [name, encodeSearchAttributeIndexedValueType(type) ?? null]),
  );
  await operatorService.addSearchAttributes({ namespace, searchAttributes: searchAttributes as never });
}

async function keepHistories({ workflowService }: Connection, namespace: string): Promise<void> {
  const { config } = await workflowService.describeNamespace({ namespace });
  if (Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) >= RETENTION_SECONDS) return;
  const workflowExecutionRetentionTtl = { seconds: RETENTION_SECONDS as never };
  await workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl } });
}

/** Prepares the namespace of our own dev server. */
export const prepareNamespace = (address: string, namespace: string): Promise<void> =>
  connected(address, async (connection) => {
    await addSearchAttributes(connection, namespace);
    await keepHistories(connection, namespace);
  });

/** gRPC: permission denied, unimplemented. Temporal Cloud leaves search attributes to its own console. */
const NOT_OURS_TO_DO = [7, 12];

/** Prepares the namespace of a server that others run: how long it remembers is theirs to say. */
export async function prepareExternalNamespace(address: string, namespace: string, say: Say): Promise<void> {
  try {
    await connected(address, async (connection) => {
      await connection.workflowService.describeNamespace({ namespace });
      await addSearchAttributes(connection, namespace).catch(async (error: unknown) => {
        const { isGrpcServiceError } = await import('@temporalio/client');
        if (!isGrpcServiceError(error) || !NOT_OURS_TO_DO.includes(error.code)) throw error;
        const wanted = SEARCH_ATTRIBUTES.map(({ name, type }) => `${name} (${type})`).join(', ');
        say(`This Temporal server does not let us create search attributes; it must have ${wanted}.`);
      });
    });
  } catch (error) {
    throw new Refused(
      `The Temporal server at TEMPORAL_ADDRESS ${address}, namespace ${namespace}, cannot be used (${reasonOf(error)}). Check both, or unset TEMPORAL_ADDRESS to use the embedded one.`,
    );
  }
}
