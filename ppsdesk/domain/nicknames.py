"""Short, pet and other-language forms of given names, one group a line; a name may stand in several groups.

Put together from general knowledge of names in use in Britain and Ireland; it only widens what is found.
"""

from __future__ import annotations

# folded: lower case, no accents
GROUPS = """
abigail abi abbie abby gail
abraham abe bram ibrahim
adam ad
adelaide addie ada
adrian ade
agnes nessa aggie senga
alan allan allen alun al
albert bert bertie al
alexander alex alec al sandy xander lex alasdair alastair alistair sacha zander
alexandra alex alexa sandra sandy lexi lexie sasha alix
alfred alf alfie fred
alice ali alys alis ally
alison ali allie alyson
amanda mandy manda
amelia amy millie emily mel
andrea andi andie
andrew andy drew dandy andreas andrzej
angela angie ange
ann anne anna annie nan nancy hannah nina anya ania
anna ann annie
anthony tony ant antony toni antonio antek
antonia toni tonia
archibald archie
arthur art arty
augustus gus august
barbara barb babs barbie basia
barnaby barney
bartholomew bart barty
beatrice bea trixie bee beatrix
benjamin ben benny benji
bernadette bernie detta
bernard bernie
bridget biddy bridie brid breda brigid
bronwen bron bronwyn
cameron cam
caroline carol carrie caro lyn carolyn
catherine cath cathy cat kate katie kathy kay kitty kit kath katherine kathryn catrin katy katrina kasia
kathleen cathleen caitlin catherine kath kathy
catriona trina katrina riona
cecilia celia cissy sheila
cerys ceri
charles charlie chas chuck carl chaz
charlotte charlie lottie lotte char tottie
christina chris chrissie tina christine kirsty kirsten christy
christopher chris kit topher christy
clare claire clara
clifford cliff
colin col
constance connie
cornelius con neil
cynthia cindy
daniel dan danny
danielle dani danni elle
david dave davy dai dafydd davey dewi
deborah deb debbie debs debra
dennis den denny
desmond des
diana di diane dee
dominic dom nick
donald don donnie
dorothy dot dottie dolly dora dodie
douglas doug dougie
duncan dunc
dylan dyl
edith edie
edmund ed eddie ned ted
edward ed eddie ned ted teddy ward eduard
edwin ed eddie win
eileen aileen eily helen
eleanor ellie nell nora elle lena elen leonora eleri
elizabeth liz lizzie beth betty bess bessie betsy eliza elsie libby lisa liza lily lisbeth elspeth
elizabeth ela elsa elisabeth elisa bet liz beth
ellen nell nellie ellie helen elen
emily em emmie milly millie emma
emma em emmie
eric rick ricky
ernest ernie ern
esther essie hester hettie
ethel eth
eugene gene owen
evelyn eve evie ev
ewan euan ewen owen
florence flo flossie florrie
frances fran fanny frankie francesca francie cissy
francesca fran cesca frankie chess
francis frank frankie fran
frank frankie franklin francis
frederick fred freddie freddy rick frederic
gabriel gabe
gabrielle gaby gabi elle
gareth gaz gary garry
gary gaz gareth
geoffrey geoff jeff jeffrey jeffery
george georgie geordie jorge yuri
georgina george georgie gina georgia
gerald gerry jerry ged
gerard gerry jerry ged ger
gertrude gertie trudy
gillian gill jill gilly jillian
gladys glad gwladys
glenys glen
graham gray graeme grahame
grace gracie
gregory greg gregor
gwendolen gwen gwendoline wendy gwenda
gwyneth gwen gwyn
harold harry hal
harriet harry hattie hetty
harry henry harold
hannah hanna anna nan
helen nell ellen nellie lena elena
henrietta etta hetty hattie
henry harry hal hank
herbert bert bertie herb
hilary hil
howard howie
hubert bert hugh
hugh huw hughie shug
humphrey humph
ian iain
imogen immy
irene rene
isaac zak ike
isabel izzy isabella bella belle ishbel isobel isabelle ella izzie
ivor ifor
jacob jake jack coby jakub
jacqueline jackie jacqui jac
james jim jimmy jamie jem jimmie seamus hamish jamey
jamie james
jane janey jenny janet jan janie sian siân sheena jean
janet jan jane jenny
janice jan
jasmine jas jazz yasmin
jason jase jay
jean jeannie
jennifer jen jenny jenni
jeremy jez jerry jem
jerome jerry
jessica jess jessie
joan joanie siobhan
joanna jo joanne anna joey johanna
john jack johnny jon sean ian evan ieuan ioan juan jan shaun hans owain johnnie iwan
jonathan jon jonny johnny nathan jonathon jonty
jordan jordie
joseph joe joey jo jozef
josephine jo josie jose fifi
joshua josh
joyce joy
judith judy jude
julia julie jules juliet gillian
julian jules jools
juliet jules julie
justin jus
karen kaz karin
katherine kate katie kathy kath kat kay kitty katy catherine kathryn
kathleen kath kathy kay katie
kenneth ken kenny
kevin kev
kimberley kim kimberly
kirsty kirsten christine
laura laurie lori lowri
lauren laurie loz
laurence larry laurie lawrence lars lorcan
leonard len lenny leo
leonie leo
leslie les lesley
lewis lew louis llew lou
lilian lily lil lillian
linda lyn lin lindy lynda
lindsay lin lindsey
llewelyn llew lyn
lorraine lori raine
louis lou louie lewis
louise lou lulu lou-lou
lucinda lucy cindy
lucy lucille lu lucia lucja lucie
luke lucas luca
lynn lyn lynne linda
mabel mab may
madeleine maddie madge madeline maddy lena
magdalena magda lena maddie
malcolm mal malc
mandy amanda
marcus mark marc
margaret maggie meg peggy peg marge margie madge greta rita mags mairead
margaret marged megan maisie marjorie gosia malgorzata maggie
maria mary ria mia
marianne mary anne marian
marie mary
marion marian
marjorie marge margie
mark marc marcus
martha marty mattie
martin marty martyn
martina tina
maisie margaret
mary molly polly may mamie maria marie mair mari moira maura maureen mair
matilda tilly maud mattie tilda
matthew matt matty mat mateusz
maureen mo
maurice mo morris
maxine max
maximilian max
maxwell max
megan meg
melanie mel
melissa mel lissa missy
melvin mel
mercedes mercy
meredith merry
michael mike mick mickey micky mikey mitch michal meical
michelle shell chelle mish
mildred millie
miranda mandy randy
miriam mim
mohammed mohammad muhammad mohamed mo md muhammed mohamad mehmet ahmed
moira maura
molly mary
montague monty
morgan mo
muriel mu
myfanwy myf fanny
nadine nad
nancy nan
natalie nat tilly natalia
natasha tasha nat
nathan nate nat
nathaniel nat nate nathan
neil niall neal
nerys ner
niamh neve neave
nicholas nick nicky nico nic nicolas klaus colin
nicola nicky nic nikki
nigel nige
noel nowell
nora nonie eleanor honora
norman norm
oliver ollie olly noll
olivia liv livvy olive ollie
oscar oz
oswald oz ozzie
owen owain
pamela pam pammie
patricia pat patsy tricia trish paddy patty tish
patrick pat paddy rick padraig
paul paulie pawel
paula polly
pauline paula polly
penelope penny pen nell
percival percy
peter pete piotr petros pedr
petra pet
philip phil pip philippe phillip pip
philippa pippa pip phil
phoebe pheebs
phyllis phyl
priscilla cilla prissy
prudence pru prue
quentin quin
rachel rach rae rachael
ralph rafe
raymond ray
rebecca becky becca bex beck beccy
reginald reg reggie rex
rhiannon rhi non
rhys reece rees reese
richard rick dick rich richie ricky dickie ritchie
robert rob bob bobby robbie bert robin rab
roberta bobbie robbie
robin rob
roderick rod roddy rory
rodney rod
roger rodge
roland roly
ronald ron ronnie
rosalind ros rosie
rosamund ros rosie
rose rosie roz
rosemary rose rosie ro
rowena ro
roxanne roxy
rufus ru
rupert ru
russell russ rusty
ruth ruthie
ryan ry
samantha sam sammy
samuel sam sammy
sandra sandy alexandra
sarah sara sal sally sadie zara
sean shaun shawn john
sebastian seb bas
selina lina
shannon shan
sharon shaz shaza
sheila shelagh
shirley shirl
sian jane shan
sidney sid sydney
sigmund sig
simon si
siobhan shiv chevonne
sophia sophie soph zofia zosia
stacey stace
stanley stan
stella estelle
stephanie steph stevie fanny
stephen steve steven stevie steffan stefan ste
stuart stu stewart
susan sue susie suzy suki sukie susanna suzanne susannah zuzanna
sybil sib
sylvia syl sylvie
tabitha tabby
tamara tam tammy
tamsin tam tammy thomasina
tatiana tanya tania
teresa terri tess tessa theresa terry resa
terence terry tel
thelma thel
theodora dora theo
theodore ted teddy theo
thomas tom tommy tam tomos tomas twm
tiffany tiff
timothy tim timmy
tobias toby
tracey trace tracy
trevor trev
valentine val
valerie val
vanessa nessa ness
vera vee
vernon vern
veronica ronnie vera nica
victor vic vick
victoria vicky vikki tori vic vickie tor
vincent vin vince vinny
violet vi
virginia ginny ginger
vivian viv vivien vivienne
walter wally walt wat
wendy gwen
wilfred wilf fred
wilhelmina mina billie minnie willa
william will bill billy willy liam wills gwilym wil willie guillermo bil
winifred win winnie freda gwenfrewi
yasmin yaz jasmine
yvonne eve vonnie
zachary zach zak zack zac
zoe zo
"""
