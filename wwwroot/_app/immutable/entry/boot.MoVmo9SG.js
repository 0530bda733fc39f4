{
__sveltekit_1vzi1g = {
base: ""
};

const element = document.currentScript.parentElement;

Promise.all([
import("/_app/immutable/entry/start.-H8ezlRv.js"),
import("/_app/immutable/entry/app.y2TmXuB_.js")
]).then(([kit, app]) => {
kit.start(app, element);
});
}
