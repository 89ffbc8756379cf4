/**
 * Every command with its file, in the order of the help. Only the file of the requested command is loaded: `explain` is to answer
 * at once, and most commands need no Temporal.
 */
/* eslint-disable @typescript-eslint/no-require-imports */
import type { Command } from 'commander';

type Add = (program: Command) => void;
const FILES: readonly (readonly [commands: readonly string[], load: () => Add])[] = [
  [['run'], () => (require('./run') as typeof import('./run')).runCommand],
  [['import'], () => (require('./import') as typeof import('./import')).importCommand],
  [['export', 'report', 'verify'], () => (require('./results') as typeof import('./results')).resultCommands],
  [['parameters'], () => (require('./parameters') as typeof import('./parameters')).parametersCommand],
  [['up', 'down', 'status'], () => (require('./servers') as typeof import('./servers')).serverCommands],
  [['worker', 'migrate'], () => (require('./worker') as typeof import('./worker')).workerCommands],
  [['archive'], () => (require('./archive') as typeof import('./archive')).archiveCommand],
  [['backup', 'restore'], () => (require('./backup') as typeof import('./backup')).backupCommands],
  [['repeat-acts'], () => (require('./repeat-acts') as typeof import('./repeat-acts')).repeatActsCommand],
  [['start'], () => (require('./start') as typeof import('./start')).startCommand],
  [['abandon'], () => (require('./abandon') as typeof import('./abandon')).abandonCommand],
  [['schedule'], () => (require('./schedule') as typeof import('./schedule')).scheduleCommand],
  [['watch'], () => (require('./watch') as typeof import('./watch')).watchCommand],
  [['show'], () => (require('./show') as typeof import('./show')).showCommand],
  [
    ['tasks', 'submit', 'approve', 'return', 'accept-finding', 'record-document', 'sign'],
    () => (require('./people') as typeof import('./people')).peopleCommands,
  ],
  [['enrol', 'key', 'revoke-key'], () => (require('./keys') as typeof import('./keys')).keyCommands],
  [['operators', 'appoint', 'end-office'], () => (require('./offices') as typeof import('./offices')).officeCommands],
  [['freeze', 'unfreeze'], () => (require('./freeze') as typeof import('./freeze')).freezeCommands],
  [['emergency'], () => (require('./emergency') as typeof import('./emergency')).emergencyCommand],
  [['extend'], () => (require('./extend') as typeof import('./extend')).extendCommand],
  [['release'], () => (require('./release') as typeof import('./release')).releaseCommand],
  [['quarantine'], () => (require('./quarantine') as typeof import('./quarantine')).quarantineCommand],
  [['audit'], () => (require('./audit') as typeof import('./audit')).auditCommand],
  [['desk'], () => (require('./desk') as typeof import('./desk')).deskCommand],
  [['alerts'], () => (require('./alerts') as typeof import('./alerts')).alertsCommand],
  [['explain'], () => (require('./explain') as typeof import('./explain')).explainCommand],
  [['rule'], () => (require('./rule') as typeof import('./rule')).ruleCommand],
];

/** Adds the requested command, or all of them when there is no such command, for the help. */
export function addCommands(program: Command, asked: string | undefined): void {
  const own = FILES.filter(([commands]) => commands.some((name) => name === asked));
  for (const [, load] of own.length > 0 ? own : FILES) load()(program);
}
