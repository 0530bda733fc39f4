{
__sveltekit_1anvn9d = {
base: new URL("../../..", document.currentScript.src).pathname.slice(0, -1)
};

const element = document.currentScript.parentElement;

Promise.all([
import("./start.hu6Hecte.js"),
import("./app.Dc5-a3__.js")
]).then(([kit, app]) => {
kit.start(app, element);
document.getElementById("not-started")?.remove();
});
}
