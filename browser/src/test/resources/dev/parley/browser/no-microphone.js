// The browser's own microphone stays.
window.rig = { };
