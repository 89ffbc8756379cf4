/** What the fund needs of a Temporal namespace, on its own dev server or on another: search attributes and long retention. */
import type { Connection } from '@temporalio/client';
import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes';
import { SEARCH_ATTRIBUTES } from '../workflows/search-attributes';
import { workersAtWork } from './pollers';
import { errorText, Refused, type Say } from './refused';
import { connectTemporal } from './temporal-access';

/** A hundred years, so that closed fund years stay visible in the UI; the default of the dev server is one day. */
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

/** The workers that take the fund's work; an empty list when the server does not answer. */
export const workersOf = (address: string, namespace: string): Promise<string[]> =>
  connected(address, (connection) => workersAtWork(connection, namespace)).catch(() => []);

/** Adds the missing search attributes. (The command line of the dev server adds them to a new database only.) */
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

/** gRPC codes: permission denied, unimplemented. On Temporal Cloud, search attributes are created in its console. */
const NOT_ALLOWED = [7, 12];

/** Prepares the namespace of an external server. Its retention is left to its operator. */
export async function prepareExternalNamespace(address: string, namespace: string, say: Say): Promise<void> {
  try {
    await connected(address, async (connection) => {
      await connection.workflowService.describeNamespace({ namespace });
      await addSearchAttributes(connection, namespace).catch(async (error: unknown) => {
        const { isGrpcServiceError } = await import('@temporalio/client');
        if (!isGrpcServiceError(error) || !NOT_ALLOWED.includes(error.code)) throw error;
        const wanted = SEARCH_ATTRIBUTES.map(({ name, type }) => `${name} (${type})`).join(', ');
        say(
          `This Temporal server does not allow search attributes to be created from here. Create them there: ${wanted}.`,
        );
      });
    });
  } catch (error) {
    throw new Refused(
      `The Temporal server at TEMPORAL_ADDRESS ${address}, namespace ${namespace}, cannot be used (${errorText(error)}). Check both, or unset TEMPORAL_ADDRESS to use the embedded one.`,
    );
  }
}
