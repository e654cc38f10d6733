// The languages of the page; French and English whole, the others for the labels of the emergency page.
export const LANGUAGES = { fr: "français", en: "English", de: "Deutsch", es: "español", it: "italiano", pt: "português", nl: "Nederlands" };
