/** Ends a test run with the one plain line that people and machines read: the very last, after the runner's own summary. */
module.exports = class ClosingLine {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numFailedTestSuites, testResults }) {
    // A suite that could not even start has failed, though none of its tests has.
    const broken = testResults.filter(
      ({ numFailingTests, failureMessage }) => failureMessage && numFailingTests === 0,
    ).length;
    const failed = numFailedTests + Math.min(broken, numFailedTestSuites);
    process.once('exit', () => console.log(`${numPassedTests} passed, ${failed} failed`));
  }
};
