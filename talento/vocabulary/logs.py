"""What the two logs say, in words: every name that code may note, in English and French."""

from collections.abc import Mapping
from types import MappingProxyType

from talento.vocabulary.choice import Choice, is_french


class Severity(Choice):
    """How much an entry of the security log matters."""

    INFO = "info", "Information", "Information"
    WARNING = "warning", "Warning", "Avertissement"
    CRITICAL = "critical", "Critical", "Critique"


ACTIVITY: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "address_lifted": ("Address written to again", "Adresse réautorisée"),
        "address_suppressed": ("Address no longer written to", "Adresse bloquée au courrier"),
        "assigned": ("Booked on a project", "Engagé sur un projet"),
        "assignment_changed": ("Booking changed", "Engagement modifié"),
        "assignment_removed": ("Booking removed", "Engagement retiré"),
        "availability_answered": ("Availability answered", "Disponibilité répondue"),
        "availability_asked": ("Availability asked", "Disponibilité demandée"),
        "booking_answered": ("Booking answered", "Engagement répondu"),
        "call_mailed": ("Call time mailed", "Convocation envoyée"),
        "called": ("Call time set", "Heure de convocation fixée"),
        "candidate_dismissed": ("Taken off a board", "Retiré d'un tableau"),
        "candidate_moved": ("Moved on a board", "Déplacé sur un tableau"),
        "candidate_rated": ("Rated on a board", "Noté sur un tableau"),
        "considered": ("Put on a board", "Mis sur un tableau"),
        "cool_down_changed": ("Cool-down changed", "Délai entre scans modifié"),
        "desk_closed": ("Desk closed to somebody", "Bureau fermé à quelqu'un"),
        "desk_opened": ("Desk opened to somebody", "Bureau ouvert à quelqu'un"),
        "device_added": ("Device added", "Appareil ajouté"),
        "device_changed": ("Device changed", "Appareil modifié"),
        "device_code_made": ("Pairing code made", "Code d'appairage créé"),
        "device_revoked": ("Device revoked", "Appareil révoqué"),
        "everybody_in": ("All in", "Tous présents"),
        "everybody_out": ("All out", "Tous partis"),
        "hours_rule_added": ("Rule about hours added", "Règle d'heures ajoutée"),
        "hours_rule_removed": ("Rule about hours removed", "Règle d'heures retirée"),
        "job_paused": ("Job paused", "Tâche mise en pause"),
        "job_resumed": ("Job resumed", "Tâche reprise"),
        "job_run": ("Job run at once", "Tâche lancée"),
        "logs_exported": ("Log exported", "Journal exporté"),
        "mail_kind_changed": ("Kind of message changed", "Type de message modifié"),
        "mail_resent": ("Message sent again", "Message renvoyé"),
        "mail_template_changed": ("Wording of a message changed", "Texte d’un message modifié"),
        "mail_template_refused": ("Wording of a message refused", "Texte d’un message refusé"),
        "mail_template_tested": ("Wording of a message tried", "Texte d’un message essayé"),
        "mail_tested": ("Test message sent", "Message d'essai envoyé"),
        "overlap_accepted": ("Overlap accepted", "Chevauchement accepté"),
        "presence_added": ("Stay added by hand", "Séjour ajouté à la main"),
        "presence_cancelled": ("Scan taken back", "Scan annulé"),
        "presence_closed": ("Departure added", "Départ ajouté"),
        "presence_corrected": ("Time corrected", "Heure corrigée"),
        "presence_exported": ("Hours exported", "Heures exportées"),
        "production_changed": ("Production changed", "Production modifiée"),
        "production_created": ("Production created", "Production créée"),
        "production_deleted": ("Production deleted", "Production supprimée"),
        "production_restored": ("Production brought back", "Production restaurée"),
        "production_verified": ("Production verified", "Production vérifiée"),
        "profile_changed": ("Profile changed", "Profil modifié"),
        "project_changed": ("Project changed", "Projet modifié"),
        "project_created": ("Project created", "Projet créé"),
        "project_deleted": ("Project deleted", "Projet supprimé"),
        "project_member_added": ("Team member added", "Membre ajouté à l'équipe"),
        "project_member_removed": ("Team member removed", "Membre retiré de l'équipe"),
        "project_status": ("Project moved on", "Projet passé à un autre état"),
        "project_restored": ("Project brought back", "Projet restauré"),
        "registered": ("Registered", "Inscription"),
        "role_changed": ("Role changed", "Rôle modifié"),
        "role_created": ("Role created", "Rôle créé"),
        "role_criteria": ("Criteria of a role saved", "Critères d'un rôle enregistrés"),
        "role_deleted": ("Role deleted", "Rôle supprimé"),
        "role_traits": ("Protected traits of a role changed", "Traits protégés d'un rôle modifiés"),
        "role_restored": ("Role brought back", "Rôle restauré"),
        "roles_reordered": ("Roles put in another order", "Rôles réordonnés"),
        "selection_mailed": ("Selection mailed", "Sélection envoyée"),
        "setting_changed": ("Setting changed", "Réglage modifié"),
        "setting_removed": ("Secret removed", "Secret retiré"),
        "setting_replaced": ("Secret replaced", "Secret remplacé"),
        "setting_reset": ("Setting put back", "Réglage rétabli"),
        "setting_undone": ("Setting undone", "Réglage annulé"),
        "subscribed": ("Messages of a kind wanted again", "Type de message de nouveau voulu"),
        "traits_searched": ("Searched by protected traits", "Recherche par traits protégés"),
        "watch_seen": ("Watch-list hit looked at", "Signalement consulté"),
        "unsubscribed": ("Messages of a kind refused", "Type de message refusé"),
        "uncalled": ("Call time taken back", "Convocation annulée"),
    }
)

SECURITY: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "account_created": ("Account created", "Compte créé"),
        "account_role_changed": ("Role of an account changed", "Rôle d'un compte modifié"),
        "badge_revoked": ("Badge revoked", "Badge révoqué"),
        "became_adult": ("Turned eighteen", "A eu dix-huit ans"),
        "confirmed": ("Identity confirmed again", "Identité confirmée à nouveau"),
        "confirm_failed": ("Confirming identity failed", "Confirmation d'identité échouée"),
        "device_clock": ("Clock of a device is wrong", "Horloge d'appareil fausse"),
        "device_code_made": ("Pairing code made", "Code d'appairage créé"),
        "device_paired": ("Device paired", "Appareil appairé"),
        "device_refused": ("Device refused", "Appareil refusé"),
        "device_revoked": ("Device revoked", "Appareil révoqué"),
        "email_changed": ("E-mail changed", "E-mail modifié"),
        "factor_asked": ("Second factor asked", "Second facteur demandé"),
        "factor_failed": ("Wrong code of a second factor", "Mauvais code de second facteur"),
        "factor_off": ("Second factor switched off", "Second facteur désactivé"),
        "factor_on": ("Second factor switched on", "Second facteur activé"),
        "factor_replaced": ("Second factor replaced", "Second facteur remplacé"),
        "failed_login": ("Sign-in failed", "Connexion échouée"),
        "guardian_asked": ("Guardian asked", "Représentant légal sollicité"),
        "guardian_consented": ("Guardian consented", "Représentant légal d'accord"),
        "guardian_refused": ("Guardian refused", "Refus du représentant légal"),
        "guardian_withdrew": ("Guardian took the consent back", "Accord retiré par le représentant légal"),
        "impersonation_ended": ("Stopped acting in somebody's name", "A cessé d’agir au nom de quelqu’un"),
        "impersonation_started": ("Acts in somebody's name", "Agit au nom de quelqu’un"),
        "integrity_checked": ("Integrity checked", "Intégrité vérifiée"),
        "job_failed": ("Job failed", "Tâche échouée"),
        "kiosk_pin_wrong": ("Wrong PIN at a kiosk", "Mauvais code PIN à une borne"),
        "kiosk_unlocked": ("Kiosk unlocked", "Borne déverrouillée"),
        "logs_checked": ("Logs checked", "Journaux vérifiés"),
        "logs_let_go": ("Old entries let go", "Entrées anciennes effacées"),
        "logs_tampered": ("Logs were tampered with", "Journaux falsifiés"),
        "mail_events_refused": ("Mail events with a wrong signature", "Événements de courrier mal signés"),
        "mail_template_failed": ("Wording of a message can't be filled", "Texte d’un message impossible à remplir"),
        "pairing_refused": ("Pairing refused", "Appairage refusé"),
        "password_change": ("Password changed", "Mot de passe modifié"),
        "production_unverified": ("Production no longer verified", "Production plus vérifiée"),
        "production_verified": ("Production verified", "Production vérifiée"),
        "reactivated": ("Account reactivated", "Compte réactivé"),
        "recovery_renewed": ("Recovery codes renewed", "Codes de secours renouvelés"),
        "recovery_used": ("Recovery code used", "Code de secours utilisé"),
        "reset_requested": ("Password link requested", "Lien de mot de passe demandé"),
        "reset_sent": ("Password link sent", "Lien de mot de passe envoyé"),
        "scan_refused": ("Scan refused", "Scan refusé"),
        "session_ended": ("Signed out on one device", "Déconnecté d'un appareil"),
        "sessions_ended": ("Signed out everywhere", "Déconnecté partout"),
        "setting_changed": ("Setting changed", "Réglage modifié"),
        "successful_login": ("Signed in", "Connexion"),
        "suspended": ("Account suspended", "Compte suspendu"),
        "traits_declared": ("Protected traits declared", "Traits protégés déclarés"),
        "watch_added": ("Name put on the watch-list", "Nom mis sous surveillance"),
        "watch_hit": ("Watched name registered", "Nom surveillé inscrit"),
        "watch_removed": ("Name taken off the watch-list", "Nom retiré de la surveillance"),
        "traits_withdrawn": ("Protected traits withdrawn", "Traits protégés retirés"),
    }
)

FACTS: Mapping[str, str] = MappingProxyType(
    {
        "account": "compte",
        "action": "action",
        "after": "après",
        "agent": "navigateur",
        "answer": "réponse",
        "at": "à",
        "before": "avant",
        "by": "par",
        "candidate": "candidat",
        "code": "code",
        "count": "nombre",
        "day": "jour",
        "days": "jours",
        "device": "appareil",
        "email": "e-mail",
        "entries": "entrées",
        "event": "scan",
        "failures": "échecs",
        "fields": "champs",
        "first": "du",
        "format": "format",
        "is": "devient",
        "language": "langue",
        "is_verified": "vérifiée",
        "keeper": "compte",
        "kind": "type",
        "last": "au",
        "left": "reste",
        "log": "journal",
        "member": "membre",
        "note": "note",
        "percent": "pourcentage",
        "production": "production",
        "project": "projet",
        "rating": "note",
        "reason": "motif",
        "role": "rôle",
        "scanned": "scanné",
        "seconds": "secondes",
        "serial": "série",
        "setting": "réglage",
        "status": "état",
        "subject": "compte",
        "talent": "talent",
        "talents": "talents",
        "to": "vers",
        "traits": "traits",
        "version": "version",
        "was": "était",
        "way": "voie",
        "why": "pourquoi",
        "assignment": "engagement",
        "cinema_talent": "talent cinéma",
    }
)
"""What entries tell about themselves, in French; the English is the word itself."""

NAMES: Mapping[str, Mapping[str, tuple[str, str]]] = MappingProxyType({"activity": ACTIVITY, "security": SECURITY})


def worded(log: str, name: str, locale: str) -> str:
    """What an entry is called; one that a later version wrote is shown by its own name."""
    en, fr = NAMES[log].get(name, (name.replace("_", " "),) * 2)
    return fr if is_french(locale) else en


def fact(name: str, locale: str) -> str:
    """What a fact of an entry is called."""
    return FACTS.get(name, name.replace("_", " ")) if is_french(locale) else name.replace("_", " ")
