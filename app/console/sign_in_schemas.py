"""What goes in and out where agents sign in."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from app.domain.agents import LONGEST_EMAIL, LONGEST_NAME, clean_email, clean_name
from app.domain.sign_ins import LONGEST_PASSWORD, SHORTEST_PASSWORD, Invited, SignIn
from app.web.schemas import Strict

ID = r"^[a-z]{3}_[0-9a-z]+$"


Email = Annotated[str, Field(max_length=LONGEST_EMAIL), AfterValidator(clean_email)]
Name = Annotated[str, Field(max_length=LONGEST_NAME), AfterValidator(clean_name)]
GivenPassword = Annotated[str, Field(max_length=LONGEST_PASSWORD)]
ChosenPassword = Annotated[str, Field(min_length=SHORTEST_PASSWORD, max_length=LONGEST_PASSWORD)]
Code = Annotated[str, Field(max_length=16, description="6 digits of the authenticator app")]
Token = Annotated[str, Field(max_length=200)]


class SignInIn(Strict):
    """What proves who somebody is."""

    email: Email
    password: GivenPassword
    code: Code | None = None


class InviteIn(Strict):
    """The secret of an invite's link."""

    token: Token


class AcceptIn(InviteIn):
    """The first administrator also gives name and e-mail; for others they stand already."""

    password: ChosenPassword
    name: Name | None = None
    email: Email | None = None


class InvitedOut(BaseModel):
    """Whom the invite is for. `first`: the first administrator, who may choose name and e-mail."""

    name: str
    email: str
    first: bool

    @classmethod
    def of(cls, invited: Invited) -> "InvitedOut":
        return cls(name=invited.name, email=invited.email, first=invited.is_first)


class PasswordIn(Strict):
    """A new password, under the old one."""

    old: GivenPassword
    new: ChosenPassword


class SecondFactorOut(BaseModel):
    """For an authenticator app: by hand, as an address, and as an image of it."""

    secret: str
    uri: str
    svg: str


class CodeIn(Strict):
    """Shows that the app has the secret."""

    code: Code


class PasswordProof(Strict):
    """The agent's password, once more."""

    password: GivenPassword


class SignInOut(BaseModel):
    """A browser in which the agent is signed in."""

    id: str
    device: str
    created_at: datetime
    seen_at: datetime
    ends_at: datetime
    current: bool

    @classmethod
    def of(cls, sign_in: SignIn, current: str | None) -> "SignInOut":
        return cls(**vars(sign_in), current=sign_in.id == current)


class SignInList(BaseModel):
    """Last seen first."""

    sign_ins: list[SignInOut]
