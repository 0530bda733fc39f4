{
__sveltekit_1vzi1g = {
base: ""
};

const element = document.currentScript.parentElement;

Promise.all([
import("/_app/immutable/entry/start.DrQ31ezW.js"),
import("/_app/immutable/entry/app.DeJ1YGOZ.js")
]).then(([kit, app]) => {
kit.start(app, element);
});
}
