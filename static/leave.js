// The page that streams an answer is for browsers without scripts; this one has a better page.
location.replace(location.pathname.replace(/\/live$/, "") + "#latest");
