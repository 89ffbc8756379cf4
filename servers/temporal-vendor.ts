/** The Temporal CLI from its makers, asked for in the way their SDK asks for its test server. */
import { fromTarGz, fromZip } from './archives';

const VENDOR = 'https://temporal.download';
const ARCHITECTURES: Record<string, string> = { x64: 'amd64', arm64: 'arm64' };

async function get(url: string, milliseconds: number, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response;
}

export async function fromVendor(
  version: string,
  _folder: string,
  signal: AbortSignal,
  vendor = VENDOR,
): Promise<Buffer> {
  const arch = ARCHITECTURES[process.arch];
  if (!arch) throw new Error(`there is none for ${process.arch}`);
  const query = new URLSearchParams({ arch, platform: process.platform, format: 'tar.gz' });
  const answer = await get(`${vendor}/cli/v${version}?${query.toString()}`, 10_000, signal);
  const { archiveUrl, fileToExtract } = (await answer.json()) as { archiveUrl: string; fileToExtract: string };
  const archive = Buffer.from(await (await get(archiveUrl, 300_000, signal)).arrayBuffer());
  const open = new URL(archiveUrl).pathname.endsWith('.zip') ? fromZip : fromTarGz;
  return open(archive, (name) => name === fileToExtract);
}
