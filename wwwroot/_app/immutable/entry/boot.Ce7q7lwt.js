{
__sveltekit_1vzi1g = {
base: ""
};

const element = document.currentScript.parentElement;

Promise.all([
import("/_app/immutable/entry/start.Dck5TPEF.js"),
import("/_app/immutable/entry/app.CkBDPJJV.js")
]).then(([kit, app]) => {
kit.start(app, element);
});
}
