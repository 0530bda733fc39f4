{
__sveltekit_1vzi1g = {
base: ""
};

const element = document.currentScript.parentElement;

Promise.all([
import("/_app/immutable/entry/start.1EC8lhBo.js"),
import("/_app/immutable/entry/app.BqB2AjOL.js")
]).then(([kit, app]) => {
kit.start(app, element);
});
}
