/** How much of something long is done: an import, a backup. */
import { SingleBar } from 'cli-progress';
import { BLOCKS } from './progress';

/** Draws the share on the error output; without a terminal, one line for every tenth of it. */
export class ShareBar {
  readonly #bar = process.stderr.isTTY
    ? new SingleBar({ ...BLOCKS, format: '{bar} {text}', hideCursor: true, stream: process.stderr })
    : null;
  #tenth = 0;

  show = ({ share, text }: { share: number; text: string }): void => {
    const percent = Math.round(share * 100);
    if (this.#bar !== null) {
      if (!this.#bar.isActive) this.#bar.start(100, percent, { text });
      this.#bar.update(percent, { text });
    } else if (Math.floor(percent / 10) > this.#tenth) {
      this.#tenth = Math.floor(percent / 10);
      console.error(`${percent} %  ${text}`);
    }
  };

  end(): void {
    this.#bar?.stop();
  }
}
