{
__sveltekit_1vzi1g = {
base: ""
};

const element = document.currentScript.parentElement;

Promise.all([
import("/_app/immutable/entry/start.CfsP4KSC.js"),
import("/_app/immutable/entry/app.DIrBg2qK.js")
]).then(([kit, app]) => {
kit.start(app, element);
});
}
