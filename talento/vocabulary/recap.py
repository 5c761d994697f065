"""What a weekly recap can tell of each person, and on which day it goes out."""

from talento.vocabulary.choice import Choice


class RecapField(Choice):
    """A column of the recap."""

    NAME = "name", "Name", "Nom"
    CODE = "code", "Code", "Code"
    REGISTERED = "registered", "Registered", "Inscription"
    CITY = "city", "City", "Ville"
    COUNTRY = "country", "Country", "Pays"
    GENDER = "gender", "Gender", "Genre"
    AGE = "age", "Age", "Âge"
    EMAIL = "email", "E-mail", "E-mail"
    PHONE = "phone", "Phone", "Téléphone"
    KINDS = "kinds", "Kinds of part", "Types d’emploi"


class Weekday(Choice):
    """A day of the week, Monday first."""

    MONDAY = "monday", "Monday", "Lundi"
    TUESDAY = "tuesday", "Tuesday", "Mardi"
    WEDNESDAY = "wednesday", "Wednesday", "Mercredi"
    THURSDAY = "thursday", "Thursday", "Jeudi"
    FRIDAY = "friday", "Friday", "Vendredi"
    SATURDAY = "saturday", "Saturday", "Samedi"
    SUNDAY = "sunday", "Sunday", "Dimanche"
