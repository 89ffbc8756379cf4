/** Prints the last line of a test run, after the runner's own summary, for people and machines. */
module.exports = class ClosingLine {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numFailedTestSuites, testResults }) {
    // A suite that could not start counts as a failure, although none of its tests ran.
    const broken = testResults.filter(
      ({ numFailingTests, failureMessage }) => failureMessage && numFailingTests === 0,
    ).length;
    const failed = numFailedTests + Math.min(broken, numFailedTestSuites);
    process.once('exit', () => console.log(`${numPassedTests} passed, ${failed} failed`));
  }
};
