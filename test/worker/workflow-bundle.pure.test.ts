/** The script of the workflows is kept, and made anew when anything has changed that it is made of. */
import { DefaultLogger } from '@temporalio/worker';
import { ROOMS, workflowBundle } from '../../worker/workflow-bundle';

jest.setTimeout(60_000);

/** What the source map at the end of the script names. */
function sourcesOf(code: string): string[] {
  const [, encoded = ''] = /sourceMappingURL=data:application\/json;charset=utf-8;base64,(\S+)/.exec(code) ?? [];
  return (JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as { sources: string[] }).sources;
}

test('it is made of nothing but packages and the rooms whose hash it is kept under', async () => {
  const { code } = await workflowBundle(new DefaultLogger('ERROR'));
  const own = sourcesOf(code).filter((source) => source.endsWith('.ts') && !source.includes('node_modules'));
  const inRooms = own.filter((source) => ROOMS.some((room) => source.includes(`/${room}/`)));
  expect(own.filter((source) => !inRooms.includes(source))).toEqual([]);
  expect(inRooms.length).toBeGreaterThan(20);
});
