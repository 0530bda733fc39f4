{
__sveltekit_1vzi1g = {
base: ""
};

const element = document.currentScript.parentElement;

Promise.all([
import("/_app/immutable/entry/start.DttRvl4n.js"),
import("/_app/immutable/entry/app.B6Hr0QNd.js")
]).then(([kit, app]) => {
kit.start(app, element);
});
}
