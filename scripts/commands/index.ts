/** Every command but `rule` and `explain`, in the order in which help lists them. */
import type { Command } from 'commander';
import { parametersCommand } from './parameters';
import { emergencyCommand } from './emergency';
import { extendCommand } from './extend';
import { peopleCommands } from './people';
import { quarantineCommand } from './quarantine';
import { resultCommands } from './results';
import { importCommand } from './import';
import { repeatActsCommand } from './repeat-acts';
import { runCommand } from './run';
import { scheduleCommand } from './schedule';
import { serverCommands } from './servers';
import { showCommand } from './show';
import { startCommand } from './start';
import { watchCommand } from './watch';
import { workerCommands } from './worker';

export function addCommands(program: Command): void {
  runCommand(program);
  importCommand(program);
  resultCommands(program);
  parametersCommand(program);
  serverCommands(program);
  workerCommands(program);
  repeatActsCommand(program);
  startCommand(program);
  scheduleCommand(program);
  watchCommand(program);
  showCommand(program);
  peopleCommands(program);
  emergencyCommand(program);
  extendCommand(program);
  quarantineCommand(program);
}
