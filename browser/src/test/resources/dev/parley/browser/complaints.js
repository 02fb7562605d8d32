// What the browser forbids is told on the console, which the test reads.
document.addEventListener('securitypolicyviolation', event => {
  console.error(`Content-Security-Policy: ${event.effectiveDirective} forbids ${event.blockedURI || 'inline'} at ${event.sourceFile}:${event.lineNumber}`);
});
