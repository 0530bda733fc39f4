{
__sveltekit_1vzi1g = {
base: ""
};

const element = document.currentScript.parentElement;

Promise.all([
import("/_app/immutable/entry/start.BttCFGG-.js"),
import("/_app/immutable/entry/app.Cjgc65Dt.js")
]).then(([kit, app]) => {
kit.start(app, element);
});
}
