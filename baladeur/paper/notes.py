"""LISEZ-MOI.txt and READ-ME.txt: three lines for the doctor, three for whoever finds the key, in seven languages.

No name, no date, nothing of the record. Reviewed by nobody yet, least of all by speakers of each language.
"""

from typing import Final

#: Language → its name, then the lines for the doctor and those for the finder.
NOTES: Final[dict[str, tuple[str, tuple[str, str, str], tuple[str, str, str]]]] = {
    "fr": (
        "FRANÇAIS",
        (
            "MÉDECIN : dossier médical chiffré. Le patient a ses mots : 8, ou 6 mots d’urgence sur une carte.",
            "Ouvrez lire.html dans un navigateur, choisissez DOSSIER.DMB, tapez les mots : d’abord la fiche d’urgence.",
            "Rien n’est installé, rien n’est envoyé. N’enregistrez rien sur ce poste ; refermez la page à la fin.",
        ),
        (
            "VOUS L’AVEZ TROUVÉE : rien ici ne peut être lu sans les mots, ni un nom ni une maladie.",
            "Ne la formatez pas et n’y écrivez rien : c’est le dossier médical de quelqu’un.",
            "Portez-la aux objets trouvés, à un hôpital ou à une pharmacie.",
        ),
    ),
    "en": (
        "ENGLISH",
        (
            "DOCTOR: encrypted medical record. The patient has its words: 8, or 6 emergency words on a card.",
            "Open lire.html in a browser, choose DOSSIER.DMB, type the words: the emergency page comes first.",
            "Nothing is installed, nothing is sent. Save nothing on this computer; close the page when you are done.",
        ),
        (
            "YOU FOUND IT: nothing here can be read without the words, neither a name nor an illness.",
            "Do not format it and write nothing on it: it is somebody’s medical record.",
            "Take it to a lost property office, a hospital or a pharmacy.",
        ),
    ),
    "de": (
        "DEUTSCH",
        (
            "ARZT: verschlüsselte Krankenakte. Der Patient hat die Wörter: 8, oder 6 Notfallwörter auf einer Karte.",
            "lire.html im Browser öffnen, DOSSIER.DMB wählen, die Wörter eintippen: zuerst erscheint das Notfallblatt.",
            "Nichts wird installiert oder gesendet. Nichts auf diesem Rechner speichern; Seite am Ende schließen.",
        ),
        (
            "GEFUNDEN: ohne die Wörter ist hier nichts lesbar, weder ein Name noch eine Krankheit.",
            "Nicht formatieren und nichts darauf schreiben: es ist die Krankenakte eines Menschen.",
            "Bitte im Fundbüro, in einem Krankenhaus oder in einer Apotheke abgeben.",
        ),
    ),
    "es": (
        "ESPAÑOL",
        (
            "MÉDICO: historia clínica cifrada. El paciente tiene las palabras: 8, o 6 de urgencia en una tarjeta.",
            "Abra lire.html en un navegador, elija DOSSIER.DMB, escriba las palabras: primero, la hoja de urgencia.",
            "No se instala ni se envía nada. No guarde nada en este ordenador; cierre la página al terminar.",
        ),
        (
            "LA HA ENCONTRADO: aquí no se puede leer nada sin las palabras, ni un nombre ni una enfermedad.",
            "No la formatee ni escriba nada en ella: es la historia clínica de alguien.",
            "Llévela a objetos perdidos, a un hospital o a una farmacia.",
        ),
    ),
    "it": (
        "ITALIANO",
        (
            "MEDICO: cartella clinica cifrata. Il paziente ha le parole: 8, o 6 di emergenza su una tessera.",
            "Apra lire.html in un browser, scelga DOSSIER.DMB, scriva le parole: per prima la scheda di emergenza.",
            "Nulla viene installato né inviato. Non salvi nulla su questo computer; chiuda la pagina alla fine.",
        ),
        (
            "L’HA TROVATA: qui nulla si può leggere senza le parole, né un nome né una malattia.",
            "Non la formatti e non ci scriva nulla: è la cartella clinica di qualcuno.",
            "La porti agli oggetti smarriti, in un ospedale o in una farmacia.",
        ),
    ),
    "pt": (
        "PORTUGUÊS",
        (
            "MÉDICO: registo clínico cifrado. O doente tem as palavras: 8, ou 6 de emergência num cartão.",
            "Abra lire.html num navegador, escolha DOSSIER.DMB, escreva as palavras: primeiro, a ficha de emergência.",
            "Nada é instalado nem enviado. Não guarde nada neste computador; feche a página no fim.",
        ),
        (
            "ENCONTROU-A: aqui nada se pode ler sem as palavras, nem um nome nem uma doença.",
            "Não a formate e não escreva nada nela: é o registo clínico de alguém.",
            "Entregue-a nos perdidos e achados, num hospital ou numa farmácia.",
        ),
    ),
    "nl": (
        "NEDERLANDS",
        (
            "ARTS: versleuteld medisch dossier. De patiënt heeft de woorden: 8, of 6 noodwoorden op een kaart.",
            "Open lire.html in een browser, kies DOSSIER.DMB, typ de woorden: eerst verschijnt het noodblad.",
            "Er wordt niets geïnstalleerd of verzonden. Bewaar niets op deze computer; sluit de pagina aan het eind.",
        ),
        (
            "U HEBT HEM GEVONDEN: zonder de woorden is hier niets te lezen, geen naam en geen ziekte.",
            "Formatteer hem niet en schrijf er niets op: het is iemands medisch dossier.",
            "Breng hem naar gevonden voorwerpen, een ziekenhuis of een apotheek.",
        ),
    ),
}
#: File → the language that stands first in it.
FILES: Final = {"LISEZ-MOI.txt": "fr", "READ-ME.txt": "en"}


def note(first: str) -> bytes:
    """The text of a file: UTF-8 with its mark and CRLF, so that every editor of every system shows it."""
    order = [first, *(lang for lang in NOTES if lang != first)]
    rows: list[str] = []
    for lang in order:
        name, doctor, finder = NOTES[lang]
        rows += [f"=== {name} ===", *doctor, "", *finder, ""]
    return "\r\n".join(rows).encode("utf-8-sig")
