"""Words that say nothing about what a question is about, by language. Question words are among them."""

ENGLISH = """
a about above actually after again against ain all already also always am among an and another any anybody anyone
anything anyway are aren as at be because been before being below between both but by can cannot could couldn d did
didn do does doesn doing don done down during each either else ever every everybody everyone everything few for from
further get gets getting give given go goes going gonna got gotten had hadn has hasn have haven having he hello hence
her here hers herself hey hi him himself his how however i if in into is isn it its itself just kind kindly know let
like ll m many may maybe me might mine more most much must mustn my myself need needs neither no nor not now of often
oh ok okay on once one only or other others otherwise ought our ours ourselves out over own perhaps please pls quite
rather re really s same shall shan she should shouldn since so some somebody somehow someone something sometimes still
such sure t tell than thank thanks that the their theirs them themselves then there therefore these they thing things
this those though through thus to too u under unless until up upon ur us use used using ve very via want wanted wants
was wasn we well were weren what whatever when whenever where wherever whether which while who whoever whom whose why
will wish with within without won would wouldn yes yet you your yours yourself yourselves
i'm i've i'd i'll you're you've you'd you'll he's she's it's we're we've we'd we'll they're they've they'd they'll
that's there's here's what's where's who's how's when's why's let's isn't aren't wasn't weren't hasn't haven't hadn't
doesn't don't didn't won't wouldn't shan't shouldn't can't couldn't mustn't mightn't needn't ain't
dont cant wont didnt doesnt isnt im ive id whats hows
"""

GERMAN = """
ab aber all alle allem allen aller alles als also am an andere anderem anderen anderer anderes auch auf aus bei beim
bekomme bekommen bereits bin bis bist bitte brauche brauchen da dabei dadurch dafür damit danach daran darauf daraus
darf darin darum das dass davon dazu dein deine deinem deinen deiner dem den denn der deren des dessen dich die dies
diese diesem diesen dieser dieses dir doch dort du durch dürfen eigentlich ein eine einem einen einer eines einfach
einige er es etwa etwas euch euer eure für gab ganz geben gegen gehen geht gern gerne gewesen gibt habe haben halt hallo
hast hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in ins irgendwie ist ja jede
jedem jeden jeder jedes jene jetzt kann kannst kein keine keinem keinen keiner können könnte könnten lassen mache machen
macht mal man manche mehr mein meine meinem meinen meiner meines mich mir mit möchte möchten muss musste müssen nach
nachdem nein nicht nichts noch nun nur ob oder ohne schon sehr sein seine seinem seinen seiner seit selbst sich sie sind
so sogar solche soll sollen sollte somit sondern sonst tun über um und uns unser unsere unserem unseren unserer unter
viel viele vom von vor wann war waren warum was weg wegen weil weiter welche welchem welchen welcher welches wenn wer
werde werden wie wieder wieso wieviel will wir wird wirklich wo wobei wodurch woher wohin wollen wollte womit worden
wurde wurden würde würden zu zum zur zwar zwischen geht's gibt's hab ist's danke
"""

FRENCH = """
a ai aie ainsi alors après as au aucun aucune aujourd auquel aura aurais aurait aussi autre autres aux avais avait avant
avec avez avoir avons bien bonjour c ce ceci cela celle celles celui ces cet cette ceux chaque chez ci combien comme
comment d dans de déjà depuis des deux devons devrais devrait doit donc dont du elle elles en encore entre es est et
était étaient étais étant été êtes être eu eux faire fais fait faut fois font hui ici il ils j je jusqu jusque l la là
laquelle le lequel les lesquels leur leurs lors lorsque lui m ma mais me même mêmes merci mes mettre moi moins mon n ne
ni non nos notre nous on ont ou où par parce pas peu peut peuvent peux plus plusieurs plutôt pour pourquoi pourrais
pourrait pouvez puis puisque qu quand que quel quelle quelles quelque quelques quels qui quoi s sa sans se sera serait
ses seulement si son sont sous suis sur svp t ta tant te tel telle tes toi ton toujours tous tout toute toutes très tu
un une va vais vers veux veut vont vos votre voudrais voulez vous vraiment y ça ç
"""

SPANISH = """
a al algo alguien algún alguna algunas alguno algunos allí ahora ante antes apenas aquel aquella aquello aquí así aun
aún aunque bajo bien buenas buenos cada casi como cómo con conmigo contra cosa cual cuál cuales cuáles cualquier cuando
cuándo cuanto cuánto cuanta cuánta cuántas cuántos de debe deben debo del demás dentro desde después días donde dónde
dos durante e el él ella ellas ellos en entonces entre era eran eres es esa esas ese eso esos está están estaba estado
estamos estar estas este esto estos estoy favor fue fueron fui gracias gustaría ha haber había hace hacen hacer hacia
hago han hasta hay he hola incluso ir la las le les lo los luego más me mediante mi mí mientras mis mismo mucha muchas
mucho muchos muy nada ni ningún ninguna ninguno no nos nosotras nosotros nuestra nuestras nuestro nuestros nunca o os
otra otras otro otros para pero poco por porque puede pueden puedes puedo pues que qué querría quien quién quiere
quiero quisiera se sea según ser será si sí siempre sido sin sino sobre sois solamente solo sólo somos son soy su sus
también tampoco tan tanto te tenemos tener tengo ti tiene tienen toda todas todavía todo todos tu tú tus u un una unas
uno unos usted ustedes va vamos vosotros voy vuestra vuestro y ya yo
"""

STOP_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(ENGLISH.split()),
    "de": frozenset(GERMAN.split()),
    "fr": frozenset(FRENCH.split()),
    "es": frozenset(SPANISH.split()),
}
