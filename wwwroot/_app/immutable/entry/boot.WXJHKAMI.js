{
__sveltekit_1vzi1g = {
base: ""
};

const element = document.currentScript.parentElement;

Promise.all([
import("/_app/immutable/entry/start.BdTZhAGP.js"),
import("/_app/immutable/entry/app.Dl44afVc.js")
]).then(([kit, app]) => {
kit.start(app, element);
});
}
