"""What there is to word of every kind of message: the built-in texts and their variables. See `templates`."""

from collections.abc import Mapping

from talento.i18n import phrase
from talento.services.mail.templates import Form, Template, Variable

SITE = Variable(phrase("The name of the site"), "Talento")
FIRST_NAME = Variable(phrase("The first name of the reader"), "Amina", person="first_name")
TALENT = Variable(phrase("The name of the talent"), "Amina Alaoui", person="full_name")
CHILD = Variable(phrase("The name of the child"), "Amina Alaoui", person="full_name")
GUARDIAN = Variable(phrase("The name of the guardian"), "Karima Alaoui")
CODE = Variable(
    phrase("The code of the talent; alone in a paragraph it is drawn large"), "MAF0001RAB",
    is_needed=True, look="code", person="code",
)  # fmt: skip
BADGE = Variable(
    phrase("The code of the booking; alone in a paragraph it is drawn large"), "MAOUAFIL001-007", look="code"
)
PROJECT = Variable(phrase("The name of the project"), "Desert Rose")
PRODUCTION = Variable(phrase("Who produces it"), "Atlas Films", is_optional=True)
TYPE = Variable(phrase("What kind of project it is"), phrase("Film"))
ROLE = Variable(phrase("What the talent is wanted for"), phrase("Market seller"))
DAYS = Variable(phrase("The days, if they are fixed"), "12–14.03.2027", is_optional=True)
CONTACT = Variable(phrase("Whom to call, if somebody is named"), "Youssef, +212 6 12 34 56 78", is_optional=True)
NOTE = Variable(phrase("What the casting team adds, if it does"), phrase("Please bring dark shoes."), is_optional=True)
WHAT_CHANGED = Variable(
    phrase("What changed, in one sentence"), phrase("A second factor was added to your account."), is_needed=True
)
NEWS = Variable(phrase("How many registered, in words"), phrase("12 new talents this week"))

CHECK_PASSWORD = phrase("If this was not you, ask for a new password at once on the sign-in page.")

_RECAP = Form(
    Template(
        "{news}",
        "{news}",
        ("{period}", "{more}", "{table}"),
        phrase("See them in {site}"),
        (
            phrase("Fields, recipients and time of this recap are chosen in the settings."),
            phrase("Heads of the logs, to keep: {heads}"),
        ),
    ),
    {
        "news": NEWS,
        "period": Variable(phrase("From when to when"), phrase("From Sunday 12:59 to Sunday 12:59.")),
        "more": Variable(phrase("How many more there are than the table shows"), "", is_optional=True),
        "table": Variable(phrase("Who registered"), "", is_needed=True, look="table"),
        "heads": Variable(phrase("What proves later that no log was altered"), "activity 120:4f…", is_needed=True),
        "site": SITE,
    },
)

FORMS: Mapping[str, Form] = {
    "welcome": Form(
        Template(
            phrase("Welcome to {site}: your code is {code}"),
            phrase("Welcome, {name}"),
            (phrase("Your registration is complete. This is your talent code; keep it at hand:"), "{code}"),
            phrase("Choose your password"),
            (
                phrase("The link works once, for 72 hours. After that, ask for a new one on the sign-in page."),
                phrase("If you did not register, ignore this message: nobody can sign in without the link."),
            ),
        ),
        {"name": FIRST_NAME, "code": CODE, "site": SITE},
    ),
    "invitation": Form(
        Template(
            phrase("You are invited to {site}"),
            "{hello}",
            (
                phrase("An account is ready for you on {site}, as {role}."),
                phrase("Choose a password, and sign in with {email}."),
            ),
            phrase("Choose your password"),
            (
                phrase("The link works once, for 72 hours. After that, ask for a new one on the sign-in page."),
                phrase("If you don't know why you got this, ignore it: nobody can sign in without the link."),
            ),
        ),
        {
            "hello": Variable(phrase("A greeting, with the name if it is known"), phrase("Hello Amina")),
            "name": Variable(phrase("The name, if it is known"), "Amina", is_optional=True, person="full_name"),
            "role": Variable(phrase("What they may do here"), phrase("Recruiter")),
            "email": Variable(phrase("The address they sign in with"), "amina@example.com", person="email"),
            "site": SITE,
        },
    ),
    "profile_added": Form(
        Template(
            phrase("Your new {site} profile: your code is {code}"),
            phrase("Your profile is ready, {name}"),
            (phrase("It was added to your account. This is its code; keep it at hand:"), "{code}"),
            notes=(phrase("You sign in as before, with your e-mail or with either code."),),
        ),
        {"name": FIRST_NAME, "code": CODE, "site": SITE},
    ),
    "resume_registration": Form(
        Template(
            phrase("Go on with your {site} registration"),
            phrase("Your registration is waiting"),
            (phrase("Everything you typed is saved. Go on whenever you like, on any device."),),
            phrase("Go on with my registration"),
            (phrase("The link works for 30 days. Keep it to yourself: it opens what you typed."),),
        ),
        {"site": SITE},
    ),
    "password_reset": Form(
        Template(
            phrase("Choose a new {site} password"),
            phrase("A new password"),
            (phrase("Somebody, probably you, asked for a new password for this account."),),
            phrase("Choose a new password"),
            (
                phrase("The link works once, for 30 minutes."),
                phrase("If you did not ask for it, ignore this message: your password stays as it is."),
            ),
        ),
        {"site": SITE},
    ),
    "password_changed": Form(
        Template(
            phrase("Your {site} password was changed"),
            phrase("Your password was changed"),
            (phrase("Your other devices were signed out."),),
            notes=(CHECK_PASSWORD,),
        ),
        {"site": SITE},
    ),
    "factor_changed": Form(
        Template(
            phrase("The security of your {site} account changed"),
            phrase("Your second factor"),
            ("{what}",),
            notes=(CHECK_PASSWORD,),
        ),
        {"what": WHAT_CHANGED, "site": SITE},
    ),
    "new_device": Form(
        Template(
            phrase("New sign-in to your {site} account"),
            phrase("Was this you?"),
            ("{what}", phrase("{when}, from the network {network}")),
            phrase("See my devices"),
            notes=(CHECK_PASSWORD,),
        ),
        {
            "what": Variable(
                phrase("Who signed in with what, in one sentence"),
                phrase("Somebody signed in to your account with a browser that we did not know: Firefox, Windows."),
                is_needed=True,
            ),
            "when": Variable(phrase("When"), "2027-03-12 09:00 UTC"),
            "network": Variable(phrase("From which network"), "203.0.113.0/24"),
            "site": SITE,
        },
    ),
    "email_changed": Form(
        Template(
            phrase("Your {site} e-mail address was changed"),
            phrase("Your e-mail address was changed"),
            (phrase("From now on you sign in with {email}."),),
            notes=(phrase("If this was not you, answer this message at once."),),
        ),
        {
            "email": Variable(phrase("The new address"), "amina@example.com", is_needed=True, person="email"),
            "site": SITE,
        },
    ),
    "guardian_asked": Form(
        Template(
            phrase("{child} asks for your consent on {site}"),
            phrase("Hello {name}"),
            (
                phrase("{child} has registered for cinema castings on {site} and named you as guardian."),
                phrase(
                    "Until you consent, nobody sees this profile. Read what is kept and for what, then decide."
                ),
            ),
            phrase("Read and decide"),
            (
                phrase("The link works once, for 14 days."),
                phrase("If you do not know this person, refuse on that page or ignore this message."),
            ),
        ),
        {"name": GUARDIAN, "child": CHILD, "site": SITE},
    ),
    "guardian_consented": Form(
        Template(
            phrase("Your consent for {child}"),
            phrase("Thank you, {name}"),
            (
                phrase("You agreed that casting teams on {site} find {child}. Keep this message."),
                phrase(
                    "You can take your consent back at any time, without a reason; the profile is then hidden."
                ),
            ),
            phrase("Take my consent back"),
            (phrase("Until you use it, the link works until the eighteenth birthday."),),
        ),
        {"name": GUARDIAN, "child": CHILD, "site": SITE},
    ),
    "consent_given": Form(
        Template(
            phrase("Your guardian has agreed"),
            phrase("Good news"),
            (phrase("Your guardian has agreed to your cinema profile. Casting teams find you from now on."),),
        ),
        {"site": SITE},
    ),
    "consent_refused": Form(
        Template(
            phrase("Your guardian did not agree"),
            phrase("Your cinema profile is hidden"),
            (
                phrase(
                    "Your guardian did not agree, or took the consent back. Nobody sees your cinema profile now."
                ),
                phrase("You can ask again from your profile once you have talked about it."),
            ),
        ),
        {"site": SITE},
    ),
    "selection": Form(
        Template(
            phrase("You are selected: {project}"),
            phrase("Good news, {name}"),
            (
                "{opening}",
                "{note}",
                phrase("Production: {production}"),
                phrase("Role: {role}"),
                phrase("Dates: {days}"),
                phrase("Contact: {contact}"),
                "{description}",
                "{code}",
            ),
            phrase("Answer in {site}"),
            (
                phrase("Your badge is attached. Bring it, printed or on your phone: its code lets you in."),
                phrase("Please accept or decline there, so that the production can plan."),
            ),
        ),
        {
            "opening": Variable(
                phrase("Who is selected for what, in one sentence; it names the talent when the guardian reads"),
                phrase("You have been selected for Desert Rose (Film)."),
            ),
            "name": FIRST_NAME,
            "talent": TALENT,
            "project": PROJECT,
            "type": TYPE,
            "production": PRODUCTION,
            "role": ROLE,
            "description": Variable(
                phrase("The description of the booking, if there is one"), phrase("Sells spices."), is_optional=True
            ),
            "days": DAYS,
            "contact": CONTACT,
            "note": NOTE,
            "code": BADGE,
            "site": SITE,
        },
    ),
    "availability": Form(
        Template(
            phrase("Are you available? {project}"),
            phrase("Hello, {name}"),
            (
                "{opening}",
                "{note}",
                phrase("Role: {role}"),
                phrase("Dates: {days}"),
                phrase("Fee: {fee}"),
            ),
            phrase("Answer now"),
            (
                phrase("The link works for 14 days, without signing in. Keep it to yourself."),
                phrase("This is a question, not a booking: saying no never counts against you."),
            ),
        ),
        {
            "opening": Variable(
                phrase("Who is considered for what, in one sentence; it names the talent when the guardian reads"),
                phrase("You are being considered for Desert Rose (Film)."),
            ),
            "name": FIRST_NAME,
            "talent": TALENT,
            "project": PROJECT,
            "type": TYPE,
            "role": ROLE,
            "days": DAYS,
            "fee": Variable(phrase("What is paid, if it is agreed"), "1 500 MAD", is_optional=True),
            "note": NOTE,
            "site": SITE,
        },
    ),
    "call_time": Form(
        Template(
            phrase("Call time: {day}, {hour} · {project}"),
            phrase("Hello, {name}"),
            (
                "{opening}",
                "{note}",
                phrase("Production: {production}"),
                phrase("Role: {role}"),
                phrase("Place: {place}"),
                phrase("Contact: {contact}"),
                "{code}",
            ),
            phrase("My castings"),
            (phrase("The time is that of the place of the shooting. Bring your badge."),),
        ),
        {
            "opening": Variable(
                phrase("Who is called when, in one sentence; it names the talent when the guardian reads"),
                phrase("You are called on Friday 12 March at 06:30."),
            ),
            "name": FIRST_NAME,
            "talent": TALENT,
            "project": PROJECT,
            "production": PRODUCTION,
            "role": ROLE,
            "day": Variable(phrase("The day"), phrase("Friday 12 March")),
            "hour": Variable(phrase("The hour, by the clock of the shooting"), "06:30"),
            "place": Variable(phrase("Where"), "Ouarzazate", is_optional=True),
            "contact": CONTACT,
            "note": NOTE,
            "code": BADGE,
            "site": SITE,
        },
    ),
    "watch_hit": Form(
        Template(
            phrase("Watch-list: {name} has registered"),
            phrase("A name on your watch-list"),
            (phrase("{name} ({code}) answers to “{watched}”."), "{why}"),
            phrase("Open the watch-list"),
        ),
        {
            "name": Variable(phrase("Who has registered"), "Amina Alaoui", is_needed=True, person="full_name"),
            "code": Variable(phrase("Their code"), "MAF0001RAB", person="code"),
            "watched": Variable(phrase("The name on the watch-list"), "Alaoui Amina"),
            "why": Variable(phrase("How the two are alike"), phrase("The same name")),
            "site": SITE,
        },
    ),
    "alert": Form(
        Template(
            phrase("Security alert: {title}"),
            "{title}",
            (phrase("It is about {about}."), "{text}"),
            phrase("Open the alerts"),
            (phrase("At most one message an hour is sent for one kind of alert."),),
        ),
        {
            "title": Variable(phrase("What happened"), phrase("Many accounts tried from one address")),
            "about": Variable(phrase("Which address, or whose account"), "203.0.113.7", is_needed=True),
            "text": Variable(phrase("What it may mean and what to do"), phrase("Look at the new accounts.")),
            "site": SITE,
        },
    ),
    "recap": _RECAP,
    "recap_cinema": _RECAP,
}  # fmt: skip
"""By the name of the kind."""
