{
__sveltekit_101fjos = {
base: new URL("../../..", document.currentScript.src).pathname.slice(0, -1)
};

const element = document.currentScript.parentElement;

Promise.all([
import("./start.DqxDAtxk.js"),
import("./app.D1GO2hVe.js")
]).then(([kit, app]) => {
kit.start(app, element);
document.getElementById("not-started")?.remove();
});
}
