/** The real server's time skipping: a workflow that waits for nothing but a timer does not wait. */
import { temporal } from '@temporalio/proto';
import { Connection } from '@temporalio/client';
import { InterceptingCall, type Interceptor } from '@grpc/grpc-js';

const { StartWorkflowExecutionRequest } = temporal.api.workflowservice.v1;

/** Every workflow that is started over this connection skips its waits, and so do those that it starts. */
const skipping: Interceptor = (options, nextCall) =>
  new InterceptingCall(nextCall(options), {
    sendMessage(message: Uint8Array, next) {
      if (!options.method_definition.path.endsWith('/StartWorkflowExecution')) {
        next(message);
        return;
      }
      const request = StartWorkflowExecutionRequest.decode(message);
      request.timeSkippingConfig = temporal.api.common.v1.TimeSkippingConfig.create({
        enabled: true,
        maxSessionSkipCount: 10_000,
      });
      next(StartWorkflowExecutionRequest.encode(request).finish());
    },
  });

export const timeSkippingConnection = (address: string): Promise<Connection> =>
  Connection.connect({ address, interceptors: [skipping] });
