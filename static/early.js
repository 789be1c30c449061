// Runs before anything is shown: the stylesheets hide what only works with, or only without, scripts.
document.documentElement.classList.add("js");
