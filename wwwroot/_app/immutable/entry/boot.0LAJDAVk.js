{
__sveltekit_1vzi1g = {
base: ""
};

const element = document.currentScript.parentElement;

Promise.all([
import("/_app/immutable/entry/start.PbvCkqQR.js"),
import("/_app/immutable/entry/app.D9elZ0L9.js")
]).then(([kit, app]) => {
kit.start(app, element);
});
}
