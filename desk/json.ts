/** Answers to the desk's own script: JSON, and what is refused in a sentence for the person. */
import { LoggedOut, NoOffice, NotHere, type Request } from './desk';
import { TooManyTries } from './limits';
import { Refusal } from '../scripts/words/refusal';

/** What a person asked for cannot be done; the message is for him. */
export class Refused extends Error {
  override name = 'Refused';
}

type Status = 200 | 401 | 404 | 422 | 429;

export const json =
  (handle: (request: Request) => Promise<object>) =>
  async (request: Request): Promise<Response> => {
    const [answer, status] = await handle(request).then(
      (done): [object, Status] => [done, 200],
      (error: unknown) => refusalFor(error),
    );
    return request.json(answer, status);
  };

function refusalFor(error: unknown): [object, Status] {
  if (error instanceof LoggedOut) {
    return [
      {
        refused: '登录已过期，您填写的内容仍在本页 (the session is over; what you typed is still here)',
        loggedOut: true,
      },
      401,
    ];
  }
  if (error instanceof NoOffice) return [{ refused: '您尚未任命，或已离任 (you hold no office)' }, 422];
  if (error instanceof NotHere) return [{ refused: '没有这一事项，或不由您办理 (nothing here for you)' }, 404];
  if (error instanceof TooManyTries) return [{ refused: error.message }, 429];
  if (error instanceof Refused || error instanceof Refusal) return [{ refused: error.message }, 422];
  throw error;
}
