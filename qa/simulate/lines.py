"""What people say in simulated calls: our own sentences, right ones and faulty ones.

One list a moment of the call; the faulty list breaks one rule and no other.
"""

from transcribe.transcript import Language

LINES: dict[Language, dict[str, tuple[str, ...]]] = {
    "zh": {
        "open": (
            "您好，工号{badge}，很高兴为您服务，请问有什么可以帮您？",
            "您好，这里是客服中心，工号{badge}，请问有什么可以帮您？",
        ),
        "open_no_greeting": ("客服中心，工号{badge}，什么事。", "工号{badge}，说吧。"),
        "open_no_name": ("您好，请问有什么可以帮您？", "您好，有什么可以帮到您的？"),
        "open_neither": ("喂，什么事。", "说吧，什么事。"),
        "need": (
            "我想查一下上个月的账单，麻烦您告诉我一共是多少钱，我好安排这个月的开支。",
            "我想查一下我的套餐余额，还剩多少流量，下个星期我要出差，想先问清楚。",
            "麻烦帮我查一下订单，我想知道大概是哪一天送到，我好安排家里人收一下。",
        ),
        "need_angry": (
            "我要投诉，宽带这个月已经断了三次，每次都说修好了，我要查账单，要你们退钱。",
            "你们的服务太差了，我要投诉，上个月的账单多扣了我的钱，打了好几次电话都没有人管。",
            "我要投诉，快递一个星期都没有送到，每次问都说在路上，麻烦查一下我的订单。",
            "我要投诉，买的东西刚用两天就坏了，订单都在，你们说好的退款也一直没有到账。",
            "我要投诉你们上次那位客服的态度，话没说完就挂我电话，麻烦查一下我的账单。",
            "太差了，我要投诉，答应我的回电话一直没有回，我的账单到现在也没有人查。",
        ),
        "care": (
            "非常抱歉给您带来不便，您的心情我能理解。",
            "真的很抱歉，让您遇到这样的事，我能理解您的心情。",
        ),
        "no_care": ("好的，知道了。", "嗯，我看一下。"),
        "restate": (
            "您是说要查询并核对这笔业务，对吗？",
            "跟您确认一下，您的需求是核对这笔业务，对吗？",
        ),
        "no_restate": ("好的，我来看一下。", "行，我看看。"),
        "yes": ("对的，就是这个。", "是的。"),
        "verify": (
            "为了您的账户安全，请您提供一下姓名和身份证后四位。",
            "请问机主姓名是什么，身份证后四位是多少？",
        ),
        "identity": ("我姓李，叫李明，后四位是三五二一。", "王芳，后四位是零八一六。"),
        "hold": ("请您稍等一下，我马上为您查询。", "我需要查询一下系统，请您稍等，可以吗？"),
        "hold_no_notice": ("嗯，我看看啊。",),
        "hold_thanks": ("感谢您的耐心等待。", "让您久等了，谢谢您的等待。"),
        "hold_no_thanks": ("嗯，查到了。", "好，有了。"),
        "answer": (
            "这边看到系统里已经有记录，费用的差别来自上个月新开通的一项业务，本月已经停了。",
            "系统里显示一切正常，您反映的情况我已经登记好，处理的进度也能在手机上看到。",
        ),
        "rude": ("这个不关我的事，你自己看清楚。", "又不是我弄的，不归我管。"),
        "promise": (
            "我们会在两个工作日内给您回复电话。",
            "我们会在明天下午五点之前给您回电话。",
            "我会在二十四小时内给您回电话，告诉您处理的结果。",
            "退款三到五个工作日内会退到您的账户里。",
        ),
        "promise_vague": ("我们会尽快给您回电话的。", "到时候会有人给您回电话的。"),
        "reply": ("好的，那我等一下看看。", "行，我知道了。"),
        "further": ("请问还有什么可以帮您？", "请问您还有其他需要吗？"),
        "no_further": ("没有了，谢谢。", "没别的了，谢谢你。"),
        "close": ("感谢您的来电，祝您生活愉快，再见。", "感谢您的来电，再见。"),
        "no_close": ("好，那就这样。", "嗯，就这样吧。"),
        "bye": ("再见。",),
        "hesitation": ("嗯，", "呃，"),  # people hesitate at times; that is no fault
        "filler": ("嗯那个就是说，那个，然后那个，", "呃，那个，就是说，那个那个，"),
    },
    "en": {
        "open": (
            "Good morning, thank you for calling, my name is {name}, how can I help you today?",
            "Hello, customer service, my name is {name}, how may I help you?",
        ),
        "open_no_greeting": ("Customer service, this is {name}, what is it.",),
        "open_no_name": ("Good morning, how can I help you today?", "Hello, how may I help you?"),
        "open_neither": ("Yeah, what is it.", "Yes, go on."),
        "need": (
            "I would like to check my bill for last month and hear when it is due, please.",
            "Could you please check my order and tell me on which day it is going to arrive?",
        ),
        "need_angry": (
            "I want to make a complaint, my broadband went down again, I want to check my bill.",
            "This is unacceptable, I want to complain, you charged me twice on my bill last month.",
            "I want to complain, my package never arrived, I want you to check my order for me.",
            "This is ridiculous, the item is faulty, I want a refund, please check my order.",
            "I want to make a complaint, your agent was so rude, I only want to check my bill.",
            "It's unacceptable, nobody called me back as promised, I want to check my bill.",
        ),
        "care": (
            "I'm so sorry about that, I understand how frustrating this must be.",
            "I do apologise for the trouble, I completely understand how you feel.",
        ),
        "no_care": ("Okay.", "Right."),
        "restate": (
            "So you would like me to check this for you, is that right?",
            "Let me make sure I understand, you would like this checked, is that correct?",
        ),
        "no_restate": ("Right, let me see.", "Okay."),
        "yes": ("Yes, that's right.", "That's it."),
        "verify": (
            "For security, may I have your full name and the last four digits of your ID?",
            "Could I take your full name and date of birth, so I can verify the account?",
        ),
        "identity": (
            "It's Mark Jones, three five two one.",
            "Sure, it's Anna Hill, zero eight one six.",
        ),
        "hold": (
            "May I put you on hold for a moment while I check that?",
            "Please bear with me for a moment while I look that up for you.",
        ),
        "hold_no_notice": ("Hm, let's see.",),
        "hold_thanks": ("Thank you for holding.", "Thank you so much for waiting."),
        "hold_no_thanks": ("Right, found it.", "Okay, here it is."),
        "answer": (
            "I can see it here, the difference comes from a service that was added last month.",
            "Everything looks fine in the system, and you can follow the progress on your phone.",
        ),
        "rude": ("That's not my problem.", "That's not my problem, read it yourself."),
        "promise": (
            "We will call you back within two working days.",
            "We will call you back tomorrow before five o'clock.",
            "I will call you back within 24 hours and tell you what we found.",
            "Your refund will be processed within five business days.",
        ),
        "promise_vague": (
            "We will call you back as soon as possible.",
            "Someone will call you back.",
        ),
        "reply": ("Okay, fine.", "All right."),
        "further": (
            "Is there anything else I can help you with?",
            "Is there anything else I can do for you today?",
        ),
        "no_further": ("No, that's all, thanks.", "No, that is everything."),
        "close": (
            "Thank you for calling, have a great day, goodbye.",
            "Thanks for calling, goodbye.",
        ),
        "no_close": ("Okay, that's it then.", "Right, done."),
        "bye": ("Bye.",),
        "hesitation": ("Um,", "Uh,"),
        "filler": ("Um, uh, you know, um, ", "Uh, um, like, you know, uh, "),
    },
}
ZH_DIGITS = "零一二三四五六七八九"
NAMES = ("Nora", "Derek", "Grace", "Owen", "Helen", "Paul", "Irene", "Frank")
