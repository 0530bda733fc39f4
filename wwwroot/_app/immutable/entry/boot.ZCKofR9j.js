{
__sveltekit_1vzi1g = {
base: ""
};

const element = document.currentScript.parentElement;

Promise.all([
import("/_app/immutable/entry/start.PbvCkqQR.js"),
import("/_app/immutable/entry/app.xl4Z1rrW.js")
]).then(([kit, app]) => {
kit.start(app, element);
});
}
