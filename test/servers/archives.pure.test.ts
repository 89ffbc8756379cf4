/** Reading one file from an archive. (temporal-cli.test.ts reads one from a gzipped tar as part of a download.) */
import { assertPinned, fromTarGz, fromZip, pinnedHere } from '../../servers/archives';
import { gzipSync } from 'node:zlib';

/** Made with Python's zipfile: a/other and a/stored are stored, a/scripts/temporal is deflated. */
const ZIP = Buffer.from(
  'UEsDBBQAAAAAAAAAIQAEbGVTCAAAAAgAAAAHAAAAYS9vdGhlcm5vdCB0aGlzUEsDBBQAAAAIAAAAIQCYhsx2EQAAAPAAAAASAAAAYS9zY3JpcHRz' +
    'L3RlbXBvcmFsK8lIVSgoyk8vSsxVKBkBbABQSwMEFAAAAAAAAAAhAEfi00oGAAAABgAAAAgAAABhL3N0b3JlZOWOn+agt1BLAQIUAxQAAAAAAAAA' +
    'IQAEbGVTCAAAAAgAAAAHAAAAAAAAAAAAAACAAQAAAABhL290aGVyUEsBAhQDFAAAAAgAAAAhAJiGzHYRAAAA8AAAABIAAAAAAAAAAAAAAIABLQAA' +
    'AGEvc2NyaXB0cy90ZW1wb3JhbFBLAQIUAxQAAAAAAAAAIQBH4tNKBgAAAAYAAAAIAAAAAAAAAAAAAACAAW4AAABhL3N0b3JlZFBLBQYAAAAAAwAD' +
    'AKsAAACaAAAAAAA=',
  'base64',
);

test.each([
  ['/scripts/temporal', 'the program '.repeat(20)],
  ['/stored', '原样'],
])('ZIP: the content of …%s', async (name, content) => {
  expect(Buffer.from(await fromZip(ZIP, (file) => file.endsWith(name))).toString('utf8')).toBe(content);
});

test('an archive without the wanted file is refused, and so is a file that is not an archive', async () => {
  await expect(fromZip(ZIP, () => false)).rejects.toThrow('does not hold the wanted file');
  await expect(fromZip(Buffer.from('<html>not found</html>'), () => true)).rejects.toThrow('invalid zip data');
  for (const archive of [gzipSync(Buffer.alloc(1024)), Buffer.from('<html>not found</html>')]) {
    await expect(fromTarGz(archive, () => true)).rejects.toThrow('Unrecognized archive format');
  }
});

test('a download is accepted only with its pinned checksum', () => {
  const sha256 = '3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7';
  expect(() => assertPinned('data', Buffer.from('data'), sha256)).not.toThrow();
  expect(() => assertPinned('data', Buffer.from('dat4'), sha256)).toThrow('data is not the file we know');
  expect(() => pinnedHere({ 'plan9-mips': sha256 })).toThrow(`no file is known for ${process.platform}`);
});
