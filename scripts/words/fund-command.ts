/** The command line of `fund`: where options are missing, all of them are named at once. The library stops at the first. */
import { Command } from 'commander';

export class FundCommand extends Command {
  override createCommand(name?: string): Command {
    return new FundCommand(name);
  }

  /** The library calls it for the first that is missing. */
  missingMandatoryOptionValue(): void {
    const missing = this.options
      .filter((option) => option.mandatory && this.getOptionValue(option.attributeName()) === undefined)
      .map(({ flags, description }) => `  ${flags}  ${description}`);
    this.error(`缺少必填选项 (required options are missing):\n${missing.join('\n')}`, {
      code: 'commander.missingMandatoryOptionValue',
    });
  }
}
