{
__sveltekit_1yxrmjk = {
base: new URL("../../..", document.currentScript.src).pathname.slice(0, -1)
};

const element = document.currentScript.parentElement;

Promise.all([
import("./start.CLJLuW2w.js"),
import("./app.42vnWLOL.js")
]).then(([kit, app]) => {
kit.start(app, element);
document.getElementById("not-started")?.remove();
});
}
