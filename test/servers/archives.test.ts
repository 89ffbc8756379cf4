/** One file out of a ZIP archive, deflated or stored. (The gzipped tar is tried with the download of the Temporal CLI.) */
import { fromTarGz, fromZip } from '../../servers/archives';
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
])('ZIP: the content of …%s', (name, content) => {
  expect(fromZip(ZIP, (file) => file.endsWith(name)).toString('utf8')).toBe(content);
});

test('a file that is not in the archive, and an archive that is none, are told', () => {
  expect(() => fromZip(ZIP, () => false)).toThrow('does not hold the wanted file');
  expect(() => fromZip(Buffer.from('<html>not found</html>'), () => true)).toThrow('not a ZIP file');
  expect(() => fromTarGz(gzipSync(Buffer.alloc(1024)), (name) => name === 'temporal')).toThrow('does not hold');
});
