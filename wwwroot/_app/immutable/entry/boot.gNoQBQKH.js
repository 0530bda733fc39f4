{
__sveltekit_15dmu2r = {
base: new URL("../../..", document.currentScript.src).pathname.slice(0, -1)
};

const element = document.currentScript.parentElement;

Promise.all([
import("./start.I3cLtkJt.js"),
import("./app.s0GPZgyW.js")
]).then(([kit, app]) => {
kit.start(app, element);
document.getElementById("not-started")?.remove();
});
}
