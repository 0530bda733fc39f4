{
__sveltekit_1vzi1g = {
base: ""
};

const element = document.currentScript.parentElement;

Promise.all([
import("/_app/immutable/entry/start.CNO8ZFSg.js"),
import("/_app/immutable/entry/app.BHlz6F-B.js")
]).then(([kit, app]) => {
kit.start(app, element);
});
}
