/** The Temporal CLI from the vendor's download site, found through the same service that the Temporal SDKs use. */
import { assertPinned, fromTarGz, pinnedHere, type Checksums } from './archives';

const VENDOR = 'https://temporal.download';
const ARCHITECTURES: Record<string, string> = { x64: 'amd64', arm64: 'arm64' };

/** From the file `checksums.txt` of the vendor's release 1.9.1. */
const SHA256: Checksums = {
  'linux-x64': '09a0326a51db84d02735e53542b9ebd8c4758daf47482a9ab0abce15844e60d5',
  'linux-arm64': '6c57c352d52fc3df34412376fd9ba6f74b7e3ace8e426e6cba8600156d36a145',
  'darwin-x64': '48cdd6c84c56e27ae8e4d9a47052b89289a9c552dee029b49dd312c6fb72873f',
  'darwin-arm64': '41e0425378fcb4fb5766340b97435e20fe47bbff2d7bf644ec2d51f7662b7c56',
};

async function get(url: string, milliseconds: number, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response;
}

export async function fromVendor(
  version: string,
  _folder: string,
  signal: AbortSignal,
  checksums = SHA256,
): Promise<Uint8Array> {
  const sha256 = pinnedHere(checksums);
  const query = new URLSearchParams({
    arch: ARCHITECTURES[process.arch] ?? process.arch,
    platform: process.platform,
    format: 'tar.gz',
  });
  const answer = await get(`${VENDOR}/cli/v${version}?${query.toString()}`, 10_000, signal);
  const { archiveUrl, fileToExtract } = (await answer.json()) as { archiveUrl: string; fileToExtract: string };
  const archive = new Uint8Array(await (await get(archiveUrl, 300_000, signal)).arrayBuffer());
  assertPinned(archiveUrl, archive, sha256);
  return fromTarGz(archive, (name) => name === fileToExtract);
}
